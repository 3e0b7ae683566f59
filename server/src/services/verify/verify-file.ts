import { createHash } from 'node:crypto';
import type { VerifyAnswer } from '../../contract/verify.ts';
import type { Deps } from '../context.ts';
import { inCourt } from '../transact.ts';

/**
 * Judges any file for anybody. Keeps nothing, fetches nothing from the file, and asks our register of voided and
 * superseded versions only about a file whose certification by this installation holds.
 */
export async function verifyFile(deps: Deps, bytes: Uint8Array): Promise<VerifyAnswer> {
  const report = await deps.signing.verify(bytes);
  const { manifest } = report;
  const standing =
    manifest && report.verdict !== 'changed'
      ? await standingOf(deps, manifest.courtId, manifest.versionId)
      : null;
  return {
    verdict: standing ?? report.verdict,
    demo: report.demo,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    effectiveAt: standing === 'voided' ? null : (report.effectiveAt?.toISOString() ?? null),
    caseNumber: manifest?.caseNumber ?? null,
    courtName: manifest?.courtName ?? null,
    problems: report.problems.map((p) => ({ code: p.code, field: p.field ?? null })),
    vouching: report.vouching,
    missing: (manifest?.fields ?? [])
      .filter(({ name }) => !report.signatures.some(({ field }) => field === name))
      .map(({ role, signerName }) => ({ role, name: signerName })),
    stamps: report.stamps.map((s) => ({ ...s, time: s.time?.toISOString() ?? null })),
    signatures: report.signatures.map((s) => ({ ...s, time: s.time?.toISOString() ?? null })),
  };
}

/** A version that was voided, or one whose case has a later agreement in effect; null while it is the one that counts. */
async function standingOf(
  deps: Deps,
  courtId: string,
  versionId: string,
): Promise<'voided' | 'superseded' | null> {
  if (!/^[0-9a-f-]{36}$/.test(courtId) || !/^[0-9a-f-]{36}$/.test(versionId)) return null;
  return inCourt(deps.db, courtId, async (tx) => {
    const version = await tx.draftVersion.findUnique({
      where: { id: versionId },
      select: { voidedAt: true, agreement: { select: { caseId: true, number: true } } },
    });
    if (version?.voidedAt) return 'voided';
    if (!version) return null;
    const { caseId, number } = version.agreement;
    const later = await tx.agreement.count({
      where: { caseId, number: { gt: number }, status: 'EFFECTIVE' },
    });
    return later > 0 ? 'superseded' : null;
  });
}
