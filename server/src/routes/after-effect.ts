import { createRoute, z } from '@hono/zod-openapi';
import {
  AfterEffectView,
  FollowUpInput,
  formKinds,
  OralAgreementInput,
  PerformanceInput,
  ServedDocument,
  ServiceAddressInput,
  SignForInput,
} from '../contract/after-effect.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { answers, body, Done, done, file, fileHeaders, Id } from '../http/responses.ts';
import { archiveCase } from '../services/case/archive-case.ts';
import { printForm } from '../services/documents/draw-form.ts';
import { printAll } from '../services/documents/print-all.ts';
import { downloadDossier } from '../services/dossier/download-dossier.ts';
import { exportDraft } from '../services/draft/export-draft.ts';
import { agreeOrally } from '../services/oral/agree-orally.ts';
import { recordFollowUp } from '../services/performance/follow-up.ts';
import { readAfterEffect } from '../services/performance/read-after-effect.ts';
import { recordPerformance } from '../services/performance/record-performance.ts';
import { listServed, openServed } from '../services/service/served-documents.ts';
import { confirmServiceAddress } from '../services/service/service-address.ts';
import { signFor } from '../services/service/sign-for.ts';
import { serveTermination } from '../services/service/termination-notice.ts';

const base = '/cases/{caseId}' as const;
const params = z.object({ caseId: Id });
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const read = createRoute({
  method: 'get',
  path: `${base}/after-effect`,
  summary: 'Service, performance, visits, addresses, and what the archive still lacks',
  request: { params },
  responses: answers(AfterEffectView, 'What follows'),
});
const served = createRoute({
  method: 'get',
  path: `${base}/served`,
  summary: 'What was served on the asking side',
  request: { params },
  responses: answers(z.array(ServedDocument), 'Documents, newest first'),
});
const openOne = createRoute({
  method: 'get',
  path: `${base}/served/{documentId}`,
  summary: 'One served document; the first reading is kept',
  request: { params: params.extend({ documentId: Id }) },
  responses: file('application/pdf', 'The document'),
});
const performance = createRoute({
  method: 'post',
  path: `${base}/performances/{performanceId}`,
  summary: 'Performed, overdue, or the debtor reminded',
  request: { params: params.extend({ performanceId: Id }), body: body(PerformanceInput) },
  responses: answers(z.object({ caseStatus: z.string() }), 'Recorded'),
});
const signed = createRoute({
  method: 'post',
  path: `${base}/services/{serviceId}/sign-for`,
  summary: 'The receipt was signed, by the party or somebody for it',
  request: { params: params.extend({ serviceId: Id }), body: body(SignForInput) },
  responses: answers(Done, 'Recorded'),
});
const termination = createRoute({
  method: 'post',
  path: `${base}/termination-notice`,
  summary: '终止调解通知书: drawn and served on every party',
  request: { params },
  responses: answers(Done, 'Served'),
});
const visit = createRoute({
  method: 'post',
  path: `${base}/follow-ups`,
  summary: '回访',
  request: { params, body: body(FollowUpInput) },
  responses: answers(Done, 'Recorded'),
});
const oral = createRoute({
  method: 'post',
  path: `${base}/agreement/oral`,
  summary: 'An oral agreement, performed at once, on its form',
  request: { params, body: body(OralAgreementInput) },
  responses: answers(Done, 'In effect'),
});
const address = createRoute({
  method: 'post',
  path: `${base}/parties/{partyId}/service-address`,
  summary: '送达地址确认',
  request: { params: params.extend({ partyId: Id }), body: body(ServiceAddressInput) },
  responses: answers(Done, 'Confirmed'),
});
const archive = createRoute({
  method: 'post',
  path: `${base}/archive`,
  summary: 'The complete file goes to the archive',
  request: { params },
  responses: answers(Done, 'Archived'),
});
const form = createRoute({
  method: 'get',
  path: `${base}/forms/{kind}`,
  summary: 'A form drawn from the case’s data',
  request: { params: params.extend({ kind: z.enum(formKinds) }) },
  responses: file('application/pdf', 'The form'),
});
const dossier = createRoute({
  method: 'get',
  path: `${base}/dossier.pdf`,
  summary: '卷宗 in archive order, with bookmarks and page numbers',
  request: { params },
  responses: file('application/pdf', 'The volume'),
});
const all = createRoute({
  method: 'get',
  path: `${base}/print-all.pdf`,
  summary: 'Everything to take home, in one file',
  request: { params },
  responses: file('application/pdf', 'The file'),
});
const draftWord = createRoute({
  method: 'get',
  path: `${base}/draft.docx`,
  summary: 'The unsigned draft for word processors',
  request: { params },
  responses: file(word, 'The draft'),
});

export function afterEffectRoutes() {
  return resource()
    .openapi(read, async (c) =>
      c.json(await readAfterEffect(ctxOf(c, 'staff'), c.req.valid('param').caseId), 200),
    )
    .openapi(served, async (c) =>
      c.json(await listServed(ctxOf(c, 'party'), c.req.valid('param').caseId), 200),
    )
    .openapi(openOne, async (c) => {
      const { bytes, name } = await openServed(ctxOf(c, 'party'), c.req.valid('param'));
      return c.body(Buffer.from(bytes), 200, fileHeaders('application/pdf', name, true));
    })
    .openapi(performance, async (c) =>
      c.json(
        await recordPerformance(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }),
        200,
      ),
    )
    .openapi(signed, async (c) => {
      await signFor(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(termination, async (c) => {
      await serveTermination(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(visit, async (c) => {
      await recordFollowUp(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(oral, async (c) => {
      await agreeOrally(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(address, async (c) => {
      const ctx = ctxOf(c, 'staff', 'party');
      await confirmServiceAddress(ctx, { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(archive, async (c) => {
      await archiveCase(ctxOf(c, 'staff'), c.req.valid('param').caseId);
      return c.json(done, 200);
    })
    .openapi(form, async (c) => {
      const { bytes, name } = await printForm(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.body(Buffer.from(bytes), 200, fileHeaders('application/pdf', name, true));
    })
    .openapi(dossier, async (c) => {
      const { bytes, name } = await downloadDossier(ctxOf(c, 'staff'), c.req.valid('param').caseId);
      return c.body(Buffer.from(bytes), 200, fileHeaders('application/pdf', name, true));
    })
    .openapi(all, async (c) => {
      const { bytes, name } = await printAll(ctxOf(c, 'staff'), c.req.valid('param').caseId);
      return c.body(Buffer.from(bytes), 200, fileHeaders('application/pdf', name, true));
    })
    .openapi(draftWord, async (c) => {
      const { bytes, name } = await exportDraft(ctxOf(c, 'staff'), c.req.valid('param').caseId);
      return c.body(Buffer.from(bytes), 200, fileHeaders(word, name, false));
    });
}
