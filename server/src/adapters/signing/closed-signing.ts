import type { Vouching } from '../../contract/vouching.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Signing } from '../../ports/signing.ts';
import { openVerifier } from './open-verifier.ts';

/**
 * The kit of an installation that signs nothing electronically: paper only, or nobody chose yet who vouches. Every file
 * is unknown here and every act of signing is refused.
 */
export function closedSigning(vouching: Pick<Vouching, 'identity' | 'provider'>): Signing {
  const refuse = () =>
    Promise.reject(
      new DomainError(vouching.identity === 'PAPER' ? 'PAPER_ONLY' : 'SIGNING_UNCHOSEN', {
        reason: 'no-authority',
      }),
    );
  const absent = () => Promise.reject(new DomainError('NOT_FOUND'));
  return {
    demo: false,
    vouching: { ...vouching, time: 'INSTALLATION' },
    trustPem: () => '',
    certifyBase: refuse,
    issueCertificate: refuse,
    prepareSignature: refuse,
    completeSignature: refuse,
    sealField: refuse,
    archive: refuse,
    stampDigest: refuse,
    readStamp: () => null,
    readSeal() {
      throw new DomainError('SIGNING_UNCHOSEN', { reason: 'no-authority' });
    },
    sm2: null,
    status: {
      courtList: absent,
      rootList: absent,
      courtCertificate: absent,
      rootCertificate: absent,
      lastingSerials: absent,
      ocsp: absent,
    },
    verify: openVerifier({ signerRoots: [], timestampRoots: [] }).verify,
    pictures: async () => null,
  };
}
