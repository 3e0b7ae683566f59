import { writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CaseView } from '../../server/src/contract/case.ts';
import type { CeremonyState } from '../../server/src/contract/ceremony.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { c1Intake, openedSession, withCheckDigit } from '../factories/case.ts';
import { c1Terms, draftUpdate, frozenAgreement } from '../factories/draft.ts';
import { agedParty, identifiedAgent, uploadAuthority, verifiedAgent } from '../factories/representation.ts';
import { signAll } from '../factories/signing.ts';
import { pdfText } from '../setup/pdf-text.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());
afterEach(() => app.setClock(null));

const special = { special: true, powers: ['SETTLE', 'SIGN'] };
const running = async () => {
  const c1 = await openedSession(app);
  const chenAtStation = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
  return { ...c1, partyId: c1.zhou, chenAtStation };
};
const drafted = async (c1: Awaited<ReturnType<typeof running>>) => {
  await c1.mediator.post(`/api/cases/${c1.caseId}/draft/updates`, {
    update: draftUpdate(c1Terms(c1.chen, c1.zhou)).update,
  });
  const { body } = await c1.mediator.get<{ contentSha256: string }>(`/api/cases/${c1.caseId}/draft`);
  return body.contentSha256;
};
const agree = (client: Client, caseId: string, contentSha256: string) =>
  client.post(`/api/cases/${caseId}/draft/agree`, { contentSha256 });
const placesOf = async (client: Client, caseId: string) =>
  (await client.get<CeremonyState>(`/api/cases/${caseId}/ceremony`)).body.slots.map((s) => [
    s.role,
    s.signerName,
  ]);

describe('agents (民事诉讼法 61–63, 民诉法解释 89, by analogy)', () => {
  test('are named at intake, with what they may do; their numbers are sealed and masked', async () => {
    const director = await app.asStaff('fanghui', { atStation: true });
    const intake = c1Intake(app.court.stationId);
    const agent = { name: '王晨', phone: '13911113333', idNumber: withCheckDigit('33029919900101005') };
    const [chen, zhou] = intake.parties;
    const made = await director.post<{ id: string }>('/api/cases', {
      ...intake,
      parties: [chen, { ...zhou, agents: [{ ...agent, ...special, validTo: '2099-12-31' }] }],
    });
    const { body } = await director.get<CaseView>(`/api/cases/${made.body.id}`);
    expect(body.parties[1]?.agents).toMatchObject([
      {
        kind: 'AUTHORISED',
        name: '王晨',
        maskedPhone: '139****3333',
        idNumberMasked: expect.stringMatching(/^330299\*+/),
        powers: ['SETTLE', 'SIGN'],
        validTo: '2099-12-31',
        verified: false,
        verifiedBy: null,
      },
    ]);
    const stored = await inCourt(app.deps.db, app.court.courtId, (tx) =>
      tx.agent.findFirstOrThrow({ where: { caseId: made.body.id } }),
    );
    expect(Buffer.from(stored.phoneEnc ?? []).includes('13911113333')).toBe(false);
    const bare = { ...zhou, agents: [{ ...agent, special: true, powers: [] }] };
    const refused = await director.post('/api/cases', { ...intake, parties: [chen, bare] });
    expect([refused.status, refused.body.code]).toEqual([400, 'BAD_REQUEST']);
  });

  test('whoever acts for a side mediates nothing of it: the telephone number tells', async () => {
    const director = await app.asStaff('fanghui', { atStation: true });
    const made = await director.post<{ id: string }>('/api/cases', c1Intake(app.court.stationId));
    const { body } = await director.get<CaseView>(`/api/cases/${made.body.id}`);
    const at = `/api/cases/${made.body.id}`;
    await director.post(`${at}/parties/${body.parties[1]?.id}/agents`, {
      name: '赵律师',
      phone: '13900000002',
    });
    const barred = await director.post(`${at}/mediator`, { staffUserId: app.court.staff.zhaosuqin });
    expect([barred.status, barred.body.code]).toEqual([409, 'DUTIES_BARRED']);
    const own = await director.post(`${at}/mediator/self`, { ties: [], statement: '无' });
    expect(own.status).toBe(200);
  });

  test('a third agent is one too many (61); parties name nobody by themselves', async () => {
    const c1 = await running();
    const path = `/api/cases/${c1.caseId}/parties/${c1.zhou}/agents`;
    for (const name of ['甲', '乙']) expect((await c1.director.post(path, { name })).status).toBe(200);
    const third = await c1.director.post(path, { name: '丙' });
    expect([third.status, third.body.code]).toEqual([409, 'CONFLICT']);
    expect((await c1.zhouPhone.post(path, { name: '丁' })).status).toBe(401);
  });

  test('the paper is read by somebody else, itemised, and belongs to this case', async () => {
    const c1 = await running();
    const path = `/api/cases/${c1.caseId}/parties/${c1.zhou}/agents`;
    const { body } = await c1.director.post<{ id: string }>(path, { name: '王晨' });
    const proofId = await uploadAuthority(c1.director, c1.caseId);
    const read = { proofId, originalSeen: true, ...special };
    const own = await c1.director.post(`${path}/${body.id}/authority`, read);
    expect([own.status, own.body.code]).toEqual([403, 'FORBIDDEN']);
    const bare = await c1.mediator.post(`${path}/${body.id}/authority`, { ...read, powers: [] });
    expect(bare.body.code).toBe('BAD_REQUEST');
    const elsewhere = await uploadAuthority(c1.director, (await openedSession(app)).caseId);
    const foreign = await c1.mediator.post(`${path}/${body.id}/authority`, { ...read, proofId: elsewhere });
    expect(foreign.body.code).toBe('NOT_FOUND');
    expect((await c1.mediator.post(`${path}/${body.id}/authority`, read)).status).toBe(200);
    const view = await c1.director.get<CaseView>(`/api/cases/${c1.caseId}`);
    expect(view.body.parties.find((p) => p.id === c1.zhou)?.agents[0]).toMatchObject({
      verified: true,
      verifiedBy: '赵素琴',
      powers: ['SETTLE', 'SIGN'],
    });
  });

  test('before verification an agent reads, and does nothing that counts', async () => {
    const c1 = await running();
    const path = `/api/cases/${c1.caseId}/parties/${c1.zhou}/agents`;
    const { body } = await c1.director.post<{ id: string }>(path, { name: '王晨', ...special });
    const agent = await app.asParty({ caseId: c1.caseId, agentId: body.id });
    expect((await agent.get(`/api/cases/${c1.caseId}`)).status).toBe(200);
    const ended = await agent.post(`/api/cases/${c1.caseId}/end`, { code: 'UNWILLING', reason: '不谈了' });
    expect([ended.status, ended.body.code]).toEqual([403, 'AUTHORITY_UNVERIFIED']);
    expect((await agree(agent, c1.caseId, await drafted(c1))).body.code).toBe('SPECIAL_AUTHORITY_REQUIRED');
    await agent.post(`/api/sessions/${c1.sessionId}/lobby`, {});
    const seats = await c1.mediator.get<{ seats: { id: string; kind: string }[] }>(
      `/api/sessions/${c1.sessionId}`,
    );
    const seat = seats.body.seats.find((s) => s.kind === 'AGENT');
    await c1.mediator.post(`/api/sessions/${c1.sessionId}/seats/${seat?.id}/admit`);
    const token = await agent.post(`/api/sessions/${c1.sessionId}/token`);
    expect([token.status, token.body.code]).toEqual([403, 'AUTHORITY_UNVERIFIED']);
    const proofId = await uploadAuthority(c1.director, c1.caseId);
    await c1.mediator.post(`${path}/${body.id}/authority`, { proofId, originalSeen: true });
    expect((await agent.post(`/api/sessions/${c1.sessionId}/token`)).status).toBe(200);
  });

  test('general authority speaks and shows evidence; it neither agrees, settles, answers the sheet nor signs', async () => {
    const c1 = await running();
    const agentId = await verifiedAgent({ ...c1, agent: {} });
    const agent = await app.asParty({ caseId: c1.caseId, agentId });
    expect(await uploadAuthority(agent, c1.caseId)).toBeTruthy();
    const refused = [
      await agree(agent, c1.caseId, await drafted(c1)),
      await agent.post(`/api/cases/${c1.caseId}/end`, { code: 'SETTLED_WITHDRAWN', reason: '已经和解' }),
      await agent.post(`/api/cases/${c1.caseId}/parties/${c1.zhou}/consents`, {
        answers: [{ item: 'E_SERVICE', agreed: true }],
      }),
    ];
    for (const { status, body } of refused) {
      expect([status, body.code]).toEqual([403, 'SPECIAL_AUTHORITY_REQUIRED']);
      expect((body.details as { basis: string }).basis).toContain('民诉法解释第89条');
    }
    await frozenAgreement(c1);
    expect(await placesOf(c1.mediator, c1.caseId)).toContainEqual(['party', '周建波']);
    expect(await placesOf(c1.mediator, c1.caseId)).not.toContainEqual(['agent', '王晨']);
  });

  test('special authority signs in the party’s place, known by document and attested', async () => {
    const c1 = await running();
    const agentId = await verifiedAgent({ ...c1, agent: special, authority: special });
    const agent = await app.asParty({ caseId: c1.caseId, agentId });
    await frozenAgreement({ ...c1, zhouPhone: agent });
    expect(await placesOf(c1.mediator, c1.caseId)).toContainEqual(['agent', '王晨']);
    await expect(signAll(app, c1.zhouPhone, c1.caseId)).rejects.toThrow('no place of mine');
    await expect(signAll(app, agent, c1.caseId)).rejects.toThrow('IDENTITY_MISSING');
    await identifiedAgent({ ...c1, agentId });
    // The number was entered today: it signs tomorrow, or the agent comes to the station.
    await expect(signAll(app, agent, c1.caseId)).rejects.toThrow('PHONE_TOO_NEW');
    const atStation = await app.asParty({ caseId: c1.caseId, agentId, via: 'HAND_OVER' });
    await expect(signAll(app, atStation, c1.caseId)).rejects.toThrow('NOT_AT_STATION');
    await c1.director.post(`/api/sessions/${c1.sessionId}/seats/${c1.seats.station.id}/attendees`, {
      partyId: c1.zhou,
      agentId,
    });
    await signAll(app, atStation, c1.caseId);
    const { body } = await c1.mediator.get<CeremonyState>(`/api/cases/${c1.caseId}/ceremony`);
    expect(body.slots.find((s) => s.role === 'agent')?.signedAt).not.toBeNull();
  });

  test('authority that names settling but not signing does not sign; nor does one that is over', async () => {
    const c1 = await running();
    const settle = { special: true, powers: ['SETTLE'] };
    const agentId = await verifiedAgent({ ...c1, agent: settle, authority: settle });
    const agent = await app.asParty({ caseId: c1.caseId, agentId });
    const sha = await drafted(c1);
    expect((await agree(agent, c1.caseId, sha)).status).toBe(200);
    const until = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await inCourt(app.deps.db, app.court.courtId, (tx) =>
      tx.agent.update({ where: { id: agentId }, data: { validTo: new Date(`${until}T00:00:00Z`) } }),
    );
    expect((await agree(agent, c1.caseId, sha)).body.code).toBe('SPECIAL_AUTHORITY_REQUIRED');
  });
});

describe('minors and their guardians (民法典 19, 20)', () => {
  test('a guardian who is named at intake acts like any other person of the case', async () => {
    const director = await app.asStaff('fanghui', { atStation: true });
    const intake = c1Intake(app.court.stationId);
    const [chen, zhou] = intake.parties;
    const child = { ...zhou, name: '周小满', idNumber: withCheckDigit('33029920190620003') };
    const alone = await director.post('/api/cases', { ...intake, parties: [chen, child] });
    expect(alone.body.code).toBe('GUARDIAN_REQUIRED');
    const made = await director.post<{ id: string }>('/api/cases', {
      ...intake,
      parties: [chen, { ...child, guardianName: '周建波', guardianRelation: '父亲' }],
    });
    const { body } = await director.get<CaseView>(`/api/cases/${made.body.id}`);
    expect(body.parties[1]).toMatchObject({
      capacity: 'NONE',
      guardianName: '周建波',
      agents: [{ kind: 'GUARDIAN', name: '周建波', relation: '父亲', verified: false, idNumberMasked: null }],
    });
    // Only named so far: whoever reads the household register enters the numbers.
    const agentId = body.parties[1]?.agents[0]?.id;
    await director.post(`/api/cases/${made.body.id}/mediator`, { staffUserId: app.court.staff.zhaosuqin });
    const mediator = await app.asStaff('zhaosuqin');
    const offers = await mediator.get<{ appointmentId: string; caseId: string }[]>('/api/offers');
    const offer = offers.body.find((o) => o.caseId === made.body.id);
    await mediator.post(`/api/offers/${offer?.appointmentId}`, { accept: true, ties: [], statement: '无' });
    const at = `/api/cases/${made.body.id}/parties/${body.parties[1]?.id}/agents/${agentId}`;
    const proofId = await uploadAuthority(director, made.body.id);
    const compared = { method: 'DOCUMENT_IN_PERSON', samePerson: true };
    expect((await director.post(`${at}/identity`, compared)).body.code).toBe('IDENTITY_MISSING');
    const idNumber = withCheckDigit('33029919830620003');
    const read = { proofId, originalSeen: true, phone: '13911114444' };
    const wrong = await mediator.post(`${at}/authority`, {
      ...read,
      idNumber: withCheckDigit('33029919830620003').replace(/.$/, (d) => (d === '1' ? '2' : '1')),
    });
    expect(wrong.body.code).toBe('ID_NUMBER_INVALID');
    expect((await mediator.post(`${at}/authority`, { ...read, idNumber })).status).toBe(200);
    expect((await director.post(`${at}/identity`, compared)).status).toBe(200);
  });

  test('under 8 the child never agrees or signs; the guardian does, after its own identity check', async () => {
    const c1 = await running();
    await agedParty(app, c1.zhou, 7);
    const sha = await drafted(c1);
    const own = await agree(c1.zhouPhone, c1.caseId, sha);
    expect([own.status, own.body.code]).toEqual([409, 'GUARDIAN_REQUIRED']);
    const agentId = await verifiedAgent({
      ...c1,
      agent: { kind: 'GUARDIAN', name: '周大海', relation: '父亲' },
    });
    await c1.director.post(`/api/cases/${c1.caseId}/parties/${c1.zhou}/agents/${agentId}/consent`, {
      agreed: true,
    });
    // Consent helps from 8 years on only.
    expect((await agree(c1.zhouPhone, c1.caseId, sha)).body.code).toBe('GUARDIAN_REQUIRED');
    const guardian = await app.asParty({ caseId: c1.caseId, agentId });
    await frozenAgreement({ ...c1, zhouPhone: guardian });
    expect(await placesOf(c1.mediator, c1.caseId)).toContainEqual(['agent', '周大海']);
    await expect(signAll(app, guardian, c1.caseId)).rejects.toThrow('IDENTITY_MISSING');
    await identifiedAgent({ ...c1, agentId });
    const atStation = await app.asParty({ caseId: c1.caseId, agentId, via: 'HAND_OVER' });
    await expect(signAll(app, atStation, c1.caseId)).rejects.toThrow('NOT_AT_STATION');
    await c1.director.post(`/api/sessions/${c1.sessionId}/seats/${c1.seats.station.id}/attendees`, {
      partyId: c1.zhou,
      agentId,
    });
    await signAll(app, atStation, c1.caseId);
    const { body } = await c1.mediator.get<CeremonyState>(`/api/cases/${c1.caseId}/ceremony`);
    const base = await inCourt(app.deps.db, app.court.courtId, (tx) =>
      tx.document.findFirstOrThrow({ where: { caseId: c1.caseId, kind: 'AGREEMENT_BASE' } }),
    );
    const pdf = await app.deps.storage.get(base.storageKey);
    if (process.env.TONGXI_KEEP) await writeFile(`${process.env.TONGXI_KEEP}/guardian.pdf`, pdf);
    const text = (await pdfText(pdf)).replace(/\s/g, '');
    expect(text).toContain('监护人：周大海');
    expect(text).toContain('当事人法定代理人（签名）');
    expect(JSON.parse(body.canonicalText).signers).toContainEqual(
      expect.objectContaining({ role: 'agent', name: '周大海', capacity: 'GUARDIAN' }),
    );
  });

  test('from 8 to 17 the guardian acts, or consents and the young person signs itself', async () => {
    const c1 = await running();
    await agedParty(app, c1.zhou, 17);
    const sha = await drafted(c1);
    expect((await agree(c1.zhouPhone, c1.caseId, sha)).body.code).toBe('GUARDIAN_REQUIRED');
    const agentId = await verifiedAgent({
      ...c1,
      agent: { kind: 'GUARDIAN', name: '周大海', relation: '父亲' },
    });
    const guardian = await app.asParty({ caseId: c1.caseId, agentId });
    expect((await agree(guardian, c1.caseId, sha)).status).toBe(200);
    const said = await guardian.post(`/api/cases/${c1.caseId}/parties/${c1.zhou}/agents/${agentId}/consent`, {
      agreed: true,
    });
    expect(said.status).toBe(200);
    await frozenAgreement(c1);
    expect(await placesOf(c1.mediator, c1.caseId)).toContainEqual(['party', '周建波']);
    await signAll(app, c1.zhouPhone, c1.caseId);
  });

  test('a frozen text without a guardian is not to be had', async () => {
    const c1 = await running();
    const sha = await drafted(c1);
    for (const party of [c1.zhouPhone, c1.chenAtStation]) await agree(party, c1.caseId, sha);
    await agedParty(app, c1.zhou, 12);
    const frozen = await c1.mediator.post(`/api/cases/${c1.caseId}/agreement/freeze`, {
      contentSha256: sha,
      paper: false,
    });
    expect([frozen.status, frozen.body.code]).toEqual([409, 'GUARDIAN_REQUIRED']);
  });

  test('doubtful capacity of a grown-up stops everything that binds, until it is cleared up (民法典 21–24)', async () => {
    const c1 = await running();
    const sha = await drafted(c1);
    const path = `/api/cases/${c1.caseId}/parties/${c1.chen}/capacity`;
    expect((await c1.zhouPhone.post(path, { doubted: true, reason: '他糊涂' })).status).toBe(401);
    const doubt = { doubted: true, reason: '答非所问，家属称有阿尔茨海默病' };
    expect((await c1.mediator.post(path, doubt)).status).toBe(200);
    expect((await c1.mediator.post(path, doubt)).body.code).toBe('CONFLICT');
    const refused = await agree(c1.zhouPhone, c1.caseId, sha);
    expect([refused.status, refused.body.code]).toEqual([409, 'CAPACITY_DOUBTED']);
    expect(refused.body.details).toEqual({ name: '陈阿根', basis: '民法典第21、22、24条' });
    const own = await c1.zhouPhone.get<CaseView>(`/api/cases/${c1.caseId}`);
    expect(own.body.parties.map((p) => p.capacityDoubt)).toEqual([null, null]);
    await c1.mediator.post(path, { doubted: false, reason: '法官视频核实，对答清楚' });
    expect((await agree(c1.zhouPhone, c1.caseId, sha)).status).toBe(200);
  });
});

describe('家属代收: somebody of the family holds the phone', () => {
  test('reads the time, and nothing else happens in the party’s name', async () => {
    const c1 = await running();
    const family = await app.asParty({ caseId: c1.caseId, partyId: c1.zhou, answeredAs: 'FAMILY' });
    const home = await family.get('/api/party/home');
    expect(home.body).toMatchObject({
      step: 'FAMILY',
      answeredAs: 'FAMILY',
      caseTitle: '',
      caseNumber: null,
    });
    expect(home.body.startsAt).toBeTruthy();
    const sha = await drafted(c1);
    const tried = [
      await family.get(`/api/cases/${c1.caseId}`),
      await agree(family, c1.caseId, sha),
      await family.post(`/api/cases/${c1.caseId}/end`, { code: 'UNWILLING', reason: '不去' }),
      await family.post(`/api/cases/${c1.caseId}/parties/${c1.zhou}/consents`, {
        answers: [{ item: 'MEDIATION', agreed: false }],
      }),
      await family.get(`/api/sessions/${c1.sessionId}`),
      await family.post(`/api/sessions/${c1.sessionId}/lobby`, {}),
      await family.post(`/api/sessions/${c1.sessionId}/token`),
    ];
    expect(tried.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403, 403]);
    await frozenAgreement(c1);
    await expect(signAll(app, family, c1.caseId)).rejects.toThrow();
  });
});
