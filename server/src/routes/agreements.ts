import { createRoute, z } from '@hono/zod-openapi';
import { DraftState, DraftUpdateInput } from '../contract/draft.ts';
import { CheckPaperInput, ChoosePaperInput, PaperScansInput, PaperState } from '../contract/paper.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { answers, body, Done, done, file, fileHeaders, Id } from '../http/responses.ts';
import { freeze } from '../services/agreement/freeze.ts';
import {
  downloadAgreement,
  printDocument,
  recordReceipt,
  renderAgreementPage,
} from '../services/documents/read-documents.ts';
import { agreeToText } from '../services/draft/agree-to-text.ts';
import { applyDraftUpdate } from '../services/draft/apply-update.ts';
import { readDraftState, readDraftUpdates } from '../services/draft/read-draft.ts';
import { voidVersion } from '../services/draft/void-version.ts';
import { readEvidence } from '../services/evidence/read-evidence.ts';
import { readSm2Evidence } from '../services/evidence/read-sm2-evidence.ts';
import { checkPaper, choosePaper, readPaper, uploadPaperScans } from '../services/paper/paper.ts';

const CaseParam = z.object({ caseId: Id });
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const draft = createRoute({
  method: 'get',
  path: '/cases/{caseId}/draft',
  summary: 'The live draft',
  request: { params: CaseParam },
  responses: answers(DraftState, 'State, approvals, findings'),
});
const updates = createRoute({
  method: 'get',
  path: '/cases/{caseId}/draft/updates',
  summary: 'Updates after a sequence number',
  request: { params: CaseParam, query: z.object({ since: z.coerce.number().int().min(0) }) },
  responses: answers(z.object({ seq: z.int(), updates: z.array(z.string()) }), 'Base64 updates'),
});
const update = createRoute({
  method: 'post',
  path: '/cases/{caseId}/draft/updates',
  summary: 'One Yjs update; a frozen version falls visibly',
  request: { params: CaseParam, body: body(DraftUpdateInput) },
  responses: answers(z.object({ seq: z.int() }), 'Applied'),
});
const agree = createRoute({
  method: 'post',
  path: '/cases/{caseId}/draft/agree',
  summary: '“我同意这个文本”, bound to the text’s hash',
  request: { params: CaseParam, body: body(z.object({ contentSha256: Sha256 })) },
  responses: answers(Done, 'Recorded'),
});
const freezeRoute = createRoute({
  method: 'post',
  path: '/cases/{caseId}/agreement/freeze',
  summary: 'Freezes the agreed text and draws its certified base',
  request: {
    params: CaseParam,
    body: body(z.object({ contentSha256: Sha256, paper: z.boolean().default(false) })),
  },
  responses: answers(z.object({ versionId: Id }), 'The version'),
});
const voidRoute = createRoute({
  method: 'post',
  path: '/cases/{caseId}/agreement/void',
  summary: 'Voids the frozen version and every signature on it',
  request: { params: CaseParam, body: body(z.object({ reason: z.string().trim().min(1).max(300) })) },
  responses: answers(Done, 'Voided'),
});
const paper = createRoute({
  method: 'get',
  path: '/cases/{caseId}/agreement/paper',
  summary: 'How far signing by hand has come',
  request: { params: CaseParam },
  responses: answers(PaperState, 'Photographs and checks'),
});
const paperChoice = createRoute({
  method: 'post',
  path: '/cases/{caseId}/agreement/paper/choose',
  summary: 'The frozen text goes on paper, with a reason; only before the first signature',
  request: { params: CaseParam, body: body(ChoosePaperInput) },
  responses: answers(Done, 'On paper'),
});
const scans = createRoute({
  method: 'post',
  path: '/cases/{caseId}/agreement/paper',
  summary: 'Photographs of the hand-signed paper',
  request: {
    params: CaseParam,
    body: body(PaperScansInput),
  },
  responses: answers(Done, 'Attached'),
});
const paperCheck = createRoute({
  method: 'post',
  path: '/cases/{caseId}/agreement/paper/check',
  summary: 'One of the two people who compare the photographs',
  request: { params: CaseParam, body: body(CheckPaperInput) },
  responses: answers(z.object({ effective: z.boolean() }), 'Checked'),
});
const download = createRoute({
  method: 'get',
  path: '/cases/{caseId}/agreement.pdf',
  summary: 'The sealed agreement; never a partly signed one',
  request: { params: CaseParam },
  responses: file('application/pdf', 'The file'),
});
const evidence = createRoute({
  method: 'get',
  path: '/cases/{caseId}/evidence.pdf',
  summary: 'Who signed how, when and on what, with hashes and the audit chain; for the staff of the case',
  request: { params: CaseParam },
  responses: file('application/pdf', 'The file'),
});
const sm2 = createRoute({
  method: 'get',
  path: '/cases/{caseId}/agreement.sm2.json',
  summary: 'SM2/SM3 evidence beside the sealed agreement, where the court asks for national algorithms',
  request: { params: CaseParam },
  responses: file('application/json', 'The evidence'),
});
const page = createRoute({
  method: 'get',
  path: '/cases/{caseId}/agreement/pages/{page}',
  summary: 'A picture of a page of the frozen version',
  request: { params: z.object({ caseId: Id, page: z.coerce.number().int().min(1).max(300) }) },
  responses: file('image/png', 'The picture'),
});
const print = createRoute({
  method: 'get',
  path: '/cases/{caseId}/print/{kind}',
  summary: 'Notice, receipt, or the text for signing by hand',
  request: { params: z.object({ caseId: Id, kind: z.enum(['notice', 'receipt', 'paper']) }) },
  responses: file('application/pdf', 'The file'),
});
const receipt = createRoute({
  method: 'post',
  path: '/cases/{caseId}/parties/{partyId}/receipt',
  summary: 'The 文书签收单 was signed',
  request: { params: z.object({ caseId: Id, partyId: Id }) },
  responses: answers(Done, 'Recorded'),
});

export function agreementRoutes() {
  return resource()
    .openapi(draft, async (c) =>
      c.json(await readDraftState(ctxOf(c, 'staff', 'party'), c.req.valid('param').caseId), 200),
    )
    .openapi(updates, async (c) =>
      c.json(
        await readDraftUpdates(ctxOf(c, 'staff', 'party'), {
          ...c.req.valid('param'),
          ...c.req.valid('query'),
        }),
        200,
      ),
    )
    .openapi(update, async (c) => {
      const bytes = new Uint8Array(Buffer.from(c.req.valid('json').update, 'base64'));
      return c.json(
        await applyDraftUpdate(ctxOf(c, 'staff'), { ...c.req.valid('param'), update: bytes }),
        200,
      );
    })
    .openapi(agree, async (c) => {
      await agreeToText(ctxOf(c, 'party'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(freezeRoute, async (c) =>
      c.json(await freeze(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }), 200),
    )
    .openapi(voidRoute, async (c) => {
      await voidVersion(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(scans, async (c) => {
      await uploadPaperScans(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(paper, async (c) =>
      c.json(await readPaper(ctxOf(c, 'staff', 'party'), c.req.valid('param').caseId), 200),
    )
    .openapi(paperChoice, async (c) => {
      await choosePaper(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(paperCheck, async (c) =>
      c.json(await checkPaper(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }), 200),
    )
    .openapi(download, async (c) => {
      const { bytes, name } = await downloadAgreement(
        ctxOf(c, 'staff', 'party'),
        c.req.valid('param').caseId,
      );
      return c.body(Buffer.from(bytes), 200, fileHeaders('application/pdf', name, false));
    })
    .openapi(evidence, async (c) => {
      const { bytes, name } = await readEvidence(ctxOf(c, 'staff', 'party'), c.req.valid('param').caseId);
      return c.body(Buffer.from(bytes), 200, fileHeaders('application/pdf', name, false));
    })
    .openapi(sm2, async (c) => {
      const { text, name } = await readSm2Evidence(ctxOf(c, 'staff', 'party'), c.req.valid('param').caseId);
      return c.body(Buffer.from(text), 200, fileHeaders('application/json', name, false));
    })
    .openapi(page, async (c) => {
      const picture = await renderAgreementPage(ctxOf(c, 'staff', 'party'), c.req.valid('param'));
      return c.body(Buffer.from(picture), 200, fileHeaders('image/png', 'page.png', true));
    })
    .openapi(print, async (c) => {
      const { bytes, name } = await printDocument(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.body(Buffer.from(bytes), 200, fileHeaders('application/pdf', name, true));
    })
    .openapi(receipt, async (c) => {
      await recordReceipt(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    });
}
