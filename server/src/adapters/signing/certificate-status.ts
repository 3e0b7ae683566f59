import type { CertificateStatus } from '../../ports/signing.ts';
import { answerOcsp } from './ocsp.ts';
import type { BuiltInCa } from './open-ca.ts';
import { serialOf } from './revocation-list.ts';

/** See `CertificateStatus`. */
export function certificateStatus(ca: BuiltInCa): CertificateStatus {
  return {
    courtList: (court, revoked) => ca.courtList(court, revoked),
    rootList: (root) => ca.rootList(root),
    courtCertificate: async (court) => (await ca.courtAuthority(court)).certificate,
    rootCertificate: async (root) => (root === 'signer' ? ca.signerRoot : ca.timestampRoot),
    async lastingSerials(court, committees) {
      const signers = [
        await ca.platformSigner(court),
        ...(await Promise.all(
          committees.map(({ id, name }) =>
            ca.committeeSigner({ ...court, committeeId: id, committeeName: name }),
          ),
        )),
      ];
      return signers.map(({ certificate }) => serialOf(certificate));
    },
    ocsp: async (court, request, lookUp) => answerOcsp(await ca.courtAuthority(court), request, lookUp),
  };
}
