import { X509Certificate } from 'node:crypto';
import { oidKey } from '../../contract/der.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ArchivedFile, Signing } from '../../ports/signing.ts';
import { type AgreementFile, isArchiveField, openAgreement } from './agreement-file.ts';
import { readStore, type SecurityStore, storeRevision, timestampRevision } from './archive-revision.ts';
import { OID_TIMESTAMP_TOKEN, rangeDigest, sha256 } from './cades.ts';
import { pathToRoot, subjectOf } from './certificate-path.ts';
import { signerCertificate } from './check-signed-data.ts';
import { fillGap } from './pdf-revision.ts';
import { bytesOf, isDict } from './pdf-syntax.ts';
import { firstDer } from './rebuild-revision.ts';
import type { SigningKit } from './sign-agreement.ts';
import { parseSignedData, type SignedData } from './signed-data.ts';
import { verifyAgreement } from './verify-agreement.ts';

type Input = Parameters<Signing['archive']>[0];

/** See `Signing.archive`. The lists are made after the last token, the time stamp after the lists. */
export async function archiveAgreement(kit: SigningKit, { head, revoked }: Input): Promise<ArchivedFile> {
  let agreement: AgreementFile;
  try {
    agreement = openAgreement(head);
  } catch {
    throw new DomainError('FILE_UNREADABLE');
  }
  const { manifest, fields } = agreement;
  const waiting = manifest.fields.filter(({ name }) => !fields.get(name)?.signature);
  if (manifest.format === 1 || waiting.length > 0) {
    throw new DomainError('NOT_YOUR_TURN', { waiting: waiting.map(({ name }) => name) });
  }
  const paths = pathsOf(agreement, kit.trust);
  const certificates = distinct(paths.flat());
  const court = { courtId: manifest.courtId, courtName: manifest.courtName };
  const lists = [
    ...(await kit.ca.revocationLists(court, revoked)),
    ...(await kit.externalLists(paths.flatMap((path) => path.slice(0, -1)))),
  ];
  const old = readStore(agreement.file) ?? { certificates: [], lists: [] };
  const store: SecurityStore = {
    certificates: distinct([...old.certificates, ...certificates]),
    lists: distinct([...old.lists, ...lists]),
  };
  const stored = Buffer.concat([head, storeRevision(agreement.file, store)]);
  const revision = timestampRevision(openAgreement(stored), kit.timestamp.maxTokenBytes);
  const token = await kit.timestamp.stamp(rangeDigest(stored, revision));
  const filled = fillGap(revision, token, stored.length);
  if (filled === null) throw new DomainError('TIMESTAMP_UNAVAILABLE', { reason: 'token too large' });
  const pdf = Buffer.concat([stored, filled]);

  const { verdict, stamps, problems, signatures } = verifyAgreement(pdf, kit.trust);
  const stamp = stamps.at(-1);
  const authority = signerCertificate(parseSignedData(token));
  if (verdict !== 'genuine' || !stamp?.time || authority === null) {
    const checks = signatures.flatMap(({ field, checks: all }) =>
      all.filter(({ ok }) => !ok).map(({ code }) => `${field}:${code}`),
    );
    throw new DomainError('SIGNATURE_INVALID', { problems: problems.map(({ code }) => code), checks });
  }
  return {
    pdf,
    sha256: sha256(pdf).toString('hex'),
    archivedAt: stamp.time,
    validUntil: new Date(new X509Certificate(authority).validTo),
    token,
    tokenAuthority: subjectOf(authority),
  };
}

/** The certificate paths of every signature and every token in the file, each from leaf to root. */
function pathsOf({ file, fields }: AgreementFile, trust: SigningKit['trust']): Uint8Array[][] {
  const paths: Uint8Array[][] = [];
  const add = (signed: SignedData, purpose: 'signer' | 'timestamp') => {
    const certificate = signerCertificate(signed);
    const roots = purpose === 'signer' ? trust.signerRoots : trust.timestampRoots;
    const enclosed = signed.certificates;
    const path = certificate && pathToRoot({ certificate, enclosed, roots, purpose, at: [] });
    if (!path) throw new DomainError('SIGNATURE_INVALID', { reason: `no path for a ${purpose}` });
    paths.push(path);
  };
  for (const [name, { signature }] of fields) {
    if (signature === null) continue;
    const value = file.object(signature).value;
    const contents = isDict(value) ? bytesOf(value.get('Contents')) : undefined;
    const signed = parseSignedData(firstDer(contents ?? new Uint8Array()) ?? new Uint8Array());
    if (isArchiveField(name)) {
      add(signed, 'timestamp');
      continue;
    }
    add(signed, 'signer');
    const [token] = signed.unsignedAttributes.get(oidKey(OID_TIMESTAMP_TOKEN)) ?? [];
    add(parseSignedData(token ?? new Uint8Array()), 'timestamp');
  }
  return paths;
}

function distinct(values: Uint8Array[]): Uint8Array[] {
  const seen = new Map(values.map((der) => [Buffer.from(der).toString('hex'), der]));
  return [...seen.values()];
}
