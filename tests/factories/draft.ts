import * as Y from 'yjs';
import { draftProse, draftTerms, newTermMap, readDraft } from '../../server/src/contract/draft.ts';
import type { DraftTermShape } from '../../server/src/contract/terms.ts';
import type { Client } from '../setup/test-app.ts';

const days = (n: number): string =>
  new Date(Date.now() + 8 * 3600_000 + n * 86_400_000).toISOString().slice(0, 10);

/** C1's terms with today's dates (domain-forms, C1). */
export function c1Terms(chen: string, zhou: string): DraftTermShape[] {
  return [
    {
      id: 't1',
      kind: 'act',
      actorId: zhou,
      what: '修复二楼卫生间防水',
      deadline: days(7),
      standard: '经48小时闭水试验楼下无渗漏',
      acceptedBy: '双方到场',
      costBorneBy: '周建波',
      remedy: '',
    },
    {
      id: 't2',
      kind: 'payment',
      payerId: zhou,
      payeeId: chen,
      amountFen: 480_000,
      method: 'BANK',
      account: { holder: '陈阿根', bank: '云桥农商银行禾岸支行', number: '6230580000001234567' },
      instalments: [
        { id: 'i1', due: null, amountFen: 200_000, received: true },
        { id: 'i2', due: days(21), amountFen: 280_000, received: false },
      ],
      purpose: '赔偿陈阿根',
    },
    { id: 't3', kind: 'waiver', text: '其余互不追究' },
  ];
}

/** Writes facts and terms as one Yjs update of a fresh client. */
export function draftUpdate(
  terms: DraftTermShape[],
  facts = '周建波二楼卫生间渗漏，致陈阿根一楼厨房顶面和墙面受损，双方对损失金额有争议。',
) {
  const doc = new Y.Doc();
  draftProse(doc, 'facts').insert(0, facts);
  draftTerms(doc).push(terms.map((term) => newTermMap(term)));
  return { update: Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64'), content: readDraft(doc) };
}

/** The mediator writes C1 and both agree. Returns the content's hash. */
export async function agreedDraft(input: {
  caseId: string;
  chen: string;
  zhou: string;
  mediator: Client;
  zhouPhone: Client;
  chenAtStation: Client;
}) {
  const { caseId, mediator } = input;
  await mediator.post(`/api/cases/${caseId}/draft/updates`, {
    update: draftUpdate(c1Terms(input.chen, input.zhou)).update,
  });
  const { body } = await mediator.get<{ contentSha256: string }>(`/api/cases/${caseId}/draft`);
  const { contentSha256 } = body;
  for (const party of [input.zhouPhone, input.chenAtStation]) {
    const agreed = await party.post(`/api/cases/${caseId}/draft/agree`, { contentSha256 });
    if (agreed.status !== 200) throw new Error(`not agreed: ${JSON.stringify(agreed.body)}`);
  }
  return contentSha256;
}

/** The mediator writes C1, both agree, the mediator freezes. Returns the version's id. */
export async function frozenAgreement(input: Parameters<typeof agreedDraft>[0]) {
  const { caseId, mediator } = input;
  const contentSha256 = await agreedDraft(input);
  const frozen = await mediator.post<{ versionId: string }>(`/api/cases/${caseId}/agreement/freeze`, {
    contentSha256,
    paper: false,
  });
  if (frozen.status !== 200) throw new Error(`not frozen: ${JSON.stringify(frozen.body)}`);
  return frozen.body.versionId;
}
