import type { TestApp } from '../setup/test-app.ts';

/** What these steps need of an application: the one in this process, or a running service. */
export type CourtApp = Pick<TestApp, 'asStaff' | 'asParty' | 'court' | 'deps'>;

/** ID numbers of nobody: region 330299 does not exist; check digits are right. */
export const idNumbers = { chen: '330299195801150019', zhou: '330299198306200035' } as const;

/** Computes the check digit of GB 11643, so that made-up numbers pass. */
export function withCheckDigit(first17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return first17 + '10X98765432'[sum % 11];
}

export const c1Intake = (stationId: string, walkIn = false) => ({
  stationId,
  disputeType: 'NEIGHBOURS' as const,
  facts: '周建波二楼卫生间渗漏，致陈阿根一楼厨房顶面和墙面受损。',
  requests: '修复防水，赔偿损失。',
  source: '网格员上报',
  walkIn,
  parties: [
    {
      side: 'APPLICANT' as const,
      kind: 'PERSON' as const,
      name: '陈阿根',
      idNumber: withCheckDigit('33029919580115001'),
      ethnicity: '汉族',
      occupation: '农民',
      address: '明州区云桥镇禾岸村3组',
      usesStation: true,
    },
    {
      side: 'RESPONDENT' as const,
      kind: 'PERSON' as const,
      name: '周建波',
      phone: '13911112222',
      idNumber: withCheckDigit('33029919830620003'),
      ethnicity: '汉族',
      occupation: '个体',
      address: '明州区云桥镇禾岸村3组5号',
      usesStation: false,
    },
  ],
});

type CaseAnswer = { parties: { id: string; name: string }[]; sessions: { id: string }[]; status: string };

/** Sessions planned so far in each installation: nobody is booked twice. */
const planned = new WeakMap<CourtApp, number>();

/** Registers C1, has 赵素琴 accept it and plans a session that starts now. */
export async function plannedCase(app: CourtApp) {
  const before = planned.get(app) ?? 0;
  planned.set(app, before + 1);
  const director = await app.asStaff('fanghui', { atStation: true });
  const mediator = await app.asStaff('zhaosuqin');
  const registered = await director.post<{ id: string; number: string }>(
    '/api/cases',
    c1Intake(app.court.stationId),
  );
  const caseId = registered.body.id;
  await director.post(`/api/cases/${caseId}/mediator`, { staffUserId: app.court.staff.zhaosuqin });
  const offers = await mediator.get<{ appointmentId: string; caseId: string }[]>('/api/offers');
  const offer = offers.body.find((one) => one.caseId === caseId);
  await mediator.post(`/api/offers/${offer?.appointmentId}`, {
    accept: true,
    ties: [],
    statement: '与双方无利害关系',
  });
  const scheduled = await director.post<{ sessionId: string }>(`/api/cases/${caseId}/sessions`, {
    plannedStart: new Date(Date.now() + 60_000 + before * 7_200_000).toISOString(),
    minutes: 60,
  });
  const { body } = await director.get<CaseAnswer>(`/api/cases/${caseId}`);
  const party = (name: string) => body.parties.find((p) => p.name === name)?.id ?? '';
  return {
    caseId,
    number: registered.body.number,
    sessionId: scheduled.body.sessionId,
    chen: party('陈阿根'),
    zhou: party('周建波'),
    director,
    mediator,
  };
}

export type Planned = Awaited<ReturnType<typeof plannedCase>>;

type SessionAnswer = { seats: { id: string; kind: string; identity: string }[] };

/** Takes C1 to an open session; nobody is connected yet. */
export async function openSession(app: CourtApp) {
  const planned = await plannedCase(app);
  const { caseId, sessionId, chen, zhou, director, mediator } = planned;
  const zhouPhone = await app.asParty({ caseId, partyId: zhou });
  const yes = (items: string[]) => ({ answers: items.map((item) => ({ item, agreed: true })) });
  const all = ['MEDIATION', 'ONLINE', 'RECORDING', 'E_SIGNATURE', 'E_SERVICE', 'COURT_ACCESS'];
  await zhouPhone.post(`/api/cases/${caseId}/parties/${zhou}/consents`, yes(all));
  await director.post(`/api/cases/${caseId}/parties/${chen}/consents`, yes(all));
  await mediator.post(`/api/sessions/${sessionId}/start-checking`);
  await director.post(`/api/sessions/${sessionId}/lobby`, {});
  await mediator.post(`/api/sessions/${sessionId}/lobby`, {});
  await zhouPhone.post(`/api/sessions/${sessionId}/lobby`, {});
  const session = await mediator.get<SessionAnswer>(`/api/sessions/${sessionId}`);
  const seat = (kind: string) => session.body.seats.find((s) => s.kind === kind) ?? { id: '', identity: '' };
  await mediator.post(`/api/sessions/${sessionId}/seats/${seat('PARTY').id}/admit`);
  await director.post(`/api/sessions/${sessionId}/seats/${seat('STATION').id}/attendees`, { partyId: chen });
  for (const [partyId, method] of [
    [chen, 'DOCUMENT_IN_PERSON'],
    [zhou, 'DOCUMENT_BY_VIDEO'],
  ]) {
    await director.post(`/api/cases/${caseId}/parties/${partyId}/identity`, { method, samePerson: true });
    await mediator.post(`/api/cases/${caseId}/parties/${partyId}/identity/attest`);
  }
  for (const kind of ['FALSE_MEDIATION_WARNING', 'RIGHTS_NOTICE']) {
    await mediator.post(`/api/sessions/${sessionId}/checks`, { kind, language: '宁波话', reader: '方慧' });
  }
  const opened = await mediator.post(`/api/sessions/${sessionId}/open`);
  if (opened.status !== 200) throw new Error(`session did not open: ${JSON.stringify(opened.body)}`);
  return {
    ...planned,
    zhouPhone,
    room: await roomOf(app, sessionId),
    seats: { station: seat('STATION'), party: seat('PARTY'), mediator: seat('MEDIATOR') },
  };
}

/** The same with everybody really connected (on the fake video server). */
export async function openedSession(app: TestApp) {
  const opened = await openSession(app);
  const { room, seats } = opened;
  const { reconcileVideo } = await import('../../server/src/services/video/reconcile.ts');
  // The job that makes the room has run: it must not make it again after a test has deleted it.
  await app.settle(() => app.video.rooms.has(room), 30_000);
  for (const { identity } of Object.values(seats)) app.video.connect(room, identity);
  await reconcileVideo(app.deps);
  return opened;
}

async function roomOf(app: CourtApp, sessionId: string): Promise<string> {
  const { inCourt } = await import('../../server/src/services/transact.ts');
  const session = await inCourt(app.deps.db, app.court.courtId, (tx) =>
    tx.session.findUniqueOrThrow({ where: { id: sessionId } }),
  );
  return session.room ?? '';
}
