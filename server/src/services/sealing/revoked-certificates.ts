import type { RevokedCertificate } from '../../ports/signing.ts';
import type { Tx } from '../context.ts';

/** The court's revoked one-time certificates: what its revocation lists name. */
export async function revokedCertificates(tx: Tx): Promise<RevokedCertificate[]> {
  const rows = await tx.certificate.findMany({
    where: { revokedAt: { not: null } },
    orderBy: { revokedAt: 'asc' },
    select: { serial: true, revokedAt: true },
  });
  // Certificates end with the text they were made for: a voided version superseded them.
  return rows.map(({ serial, revokedAt }) => ({
    serial,
    at: revokedAt ?? new Date(),
    reason: 'superseded',
  }));
}
