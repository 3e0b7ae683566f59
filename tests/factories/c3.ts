import type { CaseView } from '../../server/src/contract/case.ts';
import { type CourtApp, withCheckDigit } from './case.ts';
import { uploadAuthority } from './representation.ts';

/** Demo case C3 (domain-forms): three workers and a company that owes them 36,600 yuan. */
export const c3Workers = [
  { name: '罗大军', born: '19760312', fen: 1_200_000 },
  { name: '冯小平', born: '19810904', fen: 1_380_000 },
  { name: '蒋玉兰', born: '19790621', fen: 1_080_000 },
] as const;
export const c3Company = '云桥拓新装饰工程有限公司';
export const c3Agent = '王晨';
export const c3Facts = '公司欠罗大军、冯小平、蒋玉兰劳务报酬合计36600元。';

/** The dispute as registered: each worker by telephone, or all but the first at the station. */
export const c3Intake = (stationId: string, atStation = false) => ({
  stationId,
  disputeType: 'WAGES',
  facts: '三人为公司承接的装修工程提供劳务，公司拖欠劳务报酬合计36600元。',
  requests: '支付劳务报酬。',
  parties: [
    ...c3Workers.map((w, i) => ({
      side: 'APPLICANT',
      kind: 'PERSON',
      name: w.name,
      idNumber: withCheckDigit(`330299${w.born}00${i + 1}`),
      ...(atStation && i > 0 ? { usesStation: true } : { phone: `1390000010${i}` }),
    })),
    {
      side: 'RESPONDENT',
      kind: 'ORGANISATION',
      name: c3Company,
      creditCode: '91330299MA2KKKKK08',
      representative: '钱国平',
      phone: '13900000199',
    },
  ],
});

/** Each worker's part in two equal instalments, by bank. */
export const c3Terms = (idOf: (name: string) => string, days: [string, string]) =>
  c3Workers.map((w, i) => ({
    id: `t${i + 1}`,
    kind: 'payment' as const,
    payerId: idOf(c3Company),
    payeeId: idOf(w.name),
    amountFen: w.fen,
    method: 'BANK' as const,
    account: { holder: w.name, bank: '云桥农商银行', number: `62305800000012345${i}` },
    instalments: days.map((due, n) => ({ id: `${n}${i}`, due, amountFen: w.fen / 2, received: false })),
    purpose: '支付劳务报酬',
  }));

/** What the respondent's power of attorney says: first no more than 全权代理, then what is missing. */
export const c3Authority = { special: true, powers: ['ADMIT', 'CHANGE_CLAIM', 'SETTLE', 'SIGN'] };

/**
 * Registers C3, has its agent named and its paper (general authority) verified, the mediator accept, everybody consent.
 * 冯小平 and 蒋玉兰 come to the station; 罗大军 and the agent take part from where they are.
 */
export async function c3Case(app: CourtApp) {
  const director = await app.asStaff('fanghui', { atStation: true });
  const mediator = await app.asStaff('zhaosuqin');
  const registered = await director.post<{ id: string }>('/api/cases', c3Intake(app.court.stationId, true));
  const caseId = registered.body.id;
  const view = (await director.get<CaseView>(`/api/cases/${caseId}`)).body;
  const idOf = (name: string) => view.parties.find((p) => p.name === name)?.id ?? '';
  const agents = `/api/cases/${caseId}/parties/${idOf(c3Company)}/agents`;
  const agentId = (
    await director.post<{ id: string }>(agents, {
      name: c3Agent,
      phone: '13900000188',
      idNumber: withCheckDigit('33029919900101005'),
    })
  ).body.id;
  const verify = async (authority: Record<string, unknown>) => {
    const proofId = await uploadAuthority(director, caseId);
    return mediator.post(`${agents}/${agentId}/authority`, { proofId, originalSeen: true, ...authority });
  };
  await director.post(`/api/cases/${caseId}/mediator`, { staffUserId: app.court.staff.zhaosuqin });
  const offers = await mediator.get<{ appointmentId: string }[]>('/api/offers');
  await mediator.post(`/api/offers/${offers.body[0]?.appointmentId}`, {
    accept: true,
    ties: [],
    statement: '与各方无利害关系',
  });
  const verified = await verify({ special: false, powers: [] });
  if (verified.status !== 200) throw new Error(JSON.stringify(verified.body));
  const yes = ['MEDIATION', 'ONLINE', 'E_SIGNATURE', 'E_SERVICE'].map((item) => ({ item, agreed: true }));
  for (const { id } of view.parties)
    await director.post(`/api/cases/${caseId}/parties/${id}/consents`, { answers: yes });
  return { caseId, director, mediator, idOf, agentId, verify };
}
