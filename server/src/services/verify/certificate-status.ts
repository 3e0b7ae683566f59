import { DomainError } from '../../domain/errors.ts';
import type { CourtName, KnownStatus } from '../../ports/signing.ts';
import type { Deps } from '../context.ts';
import { revokedCertificates } from '../sealing/revoked-certificates.ts';
import { inCourt } from '../transact.ts';

/** The court's revocation list, made now (RFC 5280). NOT_FOUND for an unknown court. */
export async function readCourtList(deps: Deps, courtId: string): Promise<Uint8Array> {
  const court = await courtOf(deps, courtId);
  return deps.signing.status.courtList(court, await inCourt(deps.db, courtId, revokedCertificates));
}

/** The certificate of the court's intermediate. NOT_FOUND for an unknown court. */
export async function readCourtCertificate(deps: Deps, courtId: string): Promise<Uint8Array> {
  return deps.signing.status.courtCertificate(await courtOf(deps, courtId));
}

/** Answers an OCSP request about the court's certificates (RFC 6960). NOT_FOUND for an unknown court. */
export async function answerStatus(deps: Deps, courtId: string, request: Uint8Array): Promise<Uint8Array> {
  const court = await courtOf(deps, courtId);
  return deps.signing.status.ocsp(court, request, (serials) => lookUp(deps, court, serials));
}

/** The court's SM2 public key (PEM). NOT_FOUND for an unknown court, or where national algorithms are switched off. */
export async function readSm2PublicKey(deps: Deps, courtId: string): Promise<string> {
  const court = await courtOf(deps, courtId);
  if (deps.signing.sm2 === null) throw new DomainError('NOT_FOUND');
  return deps.signing.sm2.publicKeyPem(court);
}

async function lookUp(deps: Deps, court: CourtName, serials: string[]): Promise<KnownStatus[]> {
  const { rows, committees } = await inCourt(deps.db, court.courtId, async (tx) => ({
    rows: await tx.certificate.findMany({
      where: { serial: { in: serials } },
      select: { serial: true, revokedAt: true },
    }),
    committees: await tx.committee.findMany({ select: { id: true, name: true } }),
  }));
  const lasting = await deps.signing.status.lastingSerials(court, committees);
  return serials.map((serial): KnownStatus => {
    const row = rows.find((one) => one.serial === serial);
    if (row?.revokedAt) return { state: 'revoked', at: row.revokedAt };
    return row || lasting.includes(serial) ? { state: 'good' } : { state: 'unknown' };
  });
}

async function courtOf(deps: Deps, courtId: string): Promise<CourtName> {
  if (!/^[0-9a-f-]{36}$/.test(courtId)) throw new DomainError('NOT_FOUND');
  const court = await deps.db.court.findUnique({ where: { id: courtId } });
  if (!court) throw new DomainError('NOT_FOUND');
  return { courtId, courtName: court.name };
}
