import { createHash } from 'node:crypto';
import type { VerifyAnswer } from '../../contract/verify.ts';
import type { Deps } from '../context.ts';
import { inCourt } from '../transact.ts';

/**
 * Judges any file for anybody. Keeps nothing, fetches nothing from the file, and asks our register of voided
 * versions only about a file whose certification by this installation holds.
 */
export async function verifyFile(deps: Deps, bytes: Uint8Array): Promise<VerifyAnswer> {
  const report = await deps.signing.verify(bytes);
  const manifest = report.manifest;
  const voided =
    manifest && report.verdict !== 'changed'
      ? await isVoided(deps, manifest.courtId, manifest.versionId)
      : false;
  return {
    verdict: voided ? 'voided' : report.verdict,
    demo: report.demo,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    effectiveAt: voided ? null : (report.effectiveAt?.toISOString() ?? null),
    caseNumber: manifest?.caseNumber ?? null,
    courtName: manifest?.courtName ?? null,
    problems: report.problems.map((p) => ({ code: p.code, field: p.field ?? null })),
    signatures: report.signatures.map((s) => ({ ...s, time: s.time?.toISOString() ?? null })),
  };
}

async function isVoided(deps: Deps, courtId: string, versionId: string): Promise<boolean> {
  if (!/^[0-9a-f-]{36}$/.test(courtId) || !/^[0-9a-f-]{36}$/.test(versionId)) return false;
  return inCourt(deps.db, courtId, async (tx) => {
    const version = await tx.draftVersion.findUnique({
      where: { id: versionId },
      select: { voidedAt: true },
    });
    return version?.voidedAt != null;
  });
}
