import type { FormKind } from '../../contract/after-effect.ts';
import type { FormContent } from '../../contract/forms.ts';
import type { FormFacts } from '../../domain/documents/forms.ts';
import type { Ctx, Tx } from '../context.ts';
import type { documentTitles } from '../documents/document-titles.ts';
import { formContents } from '../documents/draw-form.ts';

/** Where a part's pages come from: stored bytes, a form that is drawn, or the notice. */
export type PartSource =
  | { from: 'form'; content: FormContent }
  | { from: 'stored'; storageKey: string; mime: string; sha256: string; original: boolean }
  /** Somebody's own file. */
  | { from: 'upload'; storageKey: string; mime: string; sha256: string }
  | { from: 'notice' };
export type PlannedPart = { title: string; sources: PartSource[] };

/**
 * What a volume contains, in archive order (domain-forms B, 卷宗目录): only what the case has, from stored files and the
 * case's own data. Private notes, guidance and offers are never asked for here.
 */
export async function planDossier(
  tx: Tx,
  ctx: Ctx,
  caseId: string,
  facts: FormFacts,
): Promise<{ parts: PlannedPart[]; absent: string[] }> {
  const form = async (kind: FormKind): Promise<PartSource[]> =>
    (await formContents(tx, ctx, { caseId, kind }, facts)).map((content) => ({ from: 'form', content }));
  const attached = await tx.attachment.findMany({ where: { caseId }, orderBy: { createdAt: 'asc' } });
  const papers = (kind: string): PartSource[] =>
    attached
      .filter((a) => a.kind === kind)
      .map((a) => ({
        from: 'upload',
        // The picture that is shown, where there is one: read once already, and free of hidden data.
        storageKey: a.mime === 'application/pdf' ? a.storageKey : (a.derivativeKey ?? a.storageKey),
        mime: a.mime === 'application/pdf' ? a.mime : 'image',
        sha256: a.sha256,
      }));
  const documents = await tx.document.findMany({
    where: { caseId, OR: [{ versionId: null }, { version: { voidedAt: null } }] },
    orderBy: { createdAt: 'asc' },
  });
  const heads = await tx.draftVersion.findMany({
    where: { agreement: { caseId } },
    select: { headDocumentId: true },
  });
  const current = new Set(heads.map((h) => h.headDocumentId));
  const stored = (kind: keyof typeof documentTitles, signed: boolean): PartSource[] =>
    documents
      .filter((d) => d.kind === kind && (!signed || current.has(d.id)))
      .map((d) => ({
        from: 'stored',
        storageKey: d.storageKey,
        mime: 'application/pdf',
        sha256: d.sha256,
        original: signed,
      }));
  const planned: (PlannedPart & { ifAny: boolean })[] = [
    { title: '人民调解受理登记表', sources: await form('acceptance'), ifAny: false },
    { title: '人民调解权利义务告知书', sources: [{ from: 'notice' }], ifAny: false },
    { title: '身份证明', sources: papers('IDENTITY'), ifAny: false },
    { title: '授权委托书', sources: papers('AUTHORITY'), ifAny: true },
    { title: '送达地址确认书', sources: await form('address'), ifAny: true },
    { title: '证据材料', sources: papers('EVIDENCE'), ifAny: true },
    { title: '人民调解记录', sources: stored('RECORD', false), ifAny: false },
    { title: '无争议事实记载表', sources: stored('UNDISPUTED_FACTS', false), ifAny: true },
    { title: '人民调解协议书', sources: stored('AGREEMENT', true), ifAny: true },
    { title: '人民调解协议书（纸质）', sources: papers('PAPER_AGREEMENT'), ifAny: true },
    { title: '补正书', sources: stored('CORRECTION', false), ifAny: true },
    { title: '人民调解口头协议登记表', sources: await form('oral'), ifAny: true },
    { title: '终止调解通知书', sources: stored('TERMINATION_NOTICE', false), ifAny: true },
    { title: '文书送达凭证', sources: await form('proof'), ifAny: true },
    { title: '履行凭证', sources: await form('performance'), ifAny: true },
    { title: '回访记录', sources: await form('follow-up'), ifAny: true },
    {
      title: '司法确认材料',
      sources: [...stored('CONFIRMATION', true), ...stored('CONFIRMATION_RULING', false)],
      ifAny: true,
    },
  ];
  return {
    parts: planned
      .filter((part) => part.sources.length > 0)
      .map(({ title, sources }) => ({ title, sources })),
    absent: planned.filter((part) => part.sources.length === 0 && !part.ifAny).map((part) => part.title),
  };
}
