import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AgreementDocument } from '../../server/src/contract/agreement-document.ts';
import type { CeremonyState } from '../../server/src/contract/ceremony.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { openedSession, withCheckDigit } from '../factories/case.ts';
import { frozenAgreement } from '../factories/draft.ts';
import { solidPng, thumbprintPng } from '../factories/files.ts';
import { ceremonyUntilHand, giveCode, ink, must, myPlace, signAll, signPlace } from '../factories/signing.ts';
import { pdfText } from '../setup/pdf-text.ts';
import { watchFiles } from '../setup/stored-files.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());

const code = ({ body }: { body: unknown }) => (body as { code?: string }).code;
const refusal = ({ status, body }: { status: number; body: unknown }) => [status, code({ body })];
async function send(client: Client, path: string, file: Buffer, fields: Record<string, string> = {}) {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(file)], 'picture.png'));
  for (const [key, value] of Object.entries(fields)) form.set(key, value);
  const answer = await client.raw(path, { method: 'POST', body: form });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe('one’s own number, alone (电子签名法 13)', () => {
  test('a changed number is nobody’s before a second person approved it, and signs nothing that day', async () => {
    const c1 = await openedSession(app);
    const chenAtStation = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
    await frozenAgreement({ ...c1, chenAtStation });
    const { at } = await myPlace(c1.zhouPhone, c1.caseId);
    const change = (phone: string) =>
      c1.director.post<{ id: string }>(`/api/cases/${c1.caseId}/parties/${c1.zhou}/phone`, {
        phone,
        reason: '换了手机',
      });
    const decide = (client: Client, id: string, approve = true) =>
      client.post(`/api/cases/${c1.caseId}/phone-changes/${id}`, { approve });
    expect(refusal(await change('12345678901'))).toEqual([400, 'BAD_REQUEST']);
    const { body } = await change('13922223333');
    expect(code(await c1.zhouPhone.post(`${at}/open`))).toBe('PHONE_UNAPPROVED');
    expect(refusal(await decide(c1.director, body.id))).toEqual([403, 'FORBIDDEN']);
    app.video.connect(c1.room, c1.seats.party.identity);
    await must(decide(c1.mediator, body.id));
    expect(code(await decide(c1.mediator, body.id))).toBe('CONFLICT');
    // Links, sessions and the open connection of the old number are over, whoever else lives by this party's name.
    await app.settle(() => !app.video.rooms.get(c1.room)?.has(c1.seats.party.identity));
    expect((await c1.zhouPhone.get(`/api/cases/${c1.caseId}`)).status).toBe(401);
    const phone = await app.asParty({ caseId: c1.caseId, partyId: c1.zhou });
    const today = await phone.get<CeremonyState>(`/api/cases/${c1.caseId}/ceremony`);
    expect(today.body.slots.find((s) => s.mine)?.hurdle?.code).toBe('PHONE_TOO_NEW');
    expect(code(await phone.post(`${at}/open`))).toBe('PHONE_TOO_NEW');
    // Nor at the station's screen, where this person never sat; tomorrow the new number serves.
    const station = await app.asParty({ caseId: c1.caseId, partyId: c1.zhou, via: 'HAND_OVER' });
    expect(code(await station.post(`${at}/open`))).toBe('NOT_AT_STATION');
    app.setClock(new Date(Date.now() + 86_400_000));
    await must(phone.post(`${at}/open`));
    app.setClock(null);
    const list = await c1.mediator.get<{ maskedPhone: string; enteredBy: string; decidedBy: string }[]>(
      `/api/cases/${c1.caseId}/phone-changes`,
    );
    expect(list.body).toMatchObject([
      { maskedPhone: '139****3333', enteredBy: '方慧', decidedBy: '赵素琴', approved: true },
    ]);
    await shared(c1, phone, at);
  });

  /** Whoever else of the case has the number: the other side, its agent, a member of staff. */
  async function shared(c1: Awaited<ReturnType<typeof openedSession>>, phone: Client, at: string) {
    const { cipher, db } = app.deps;
    const { courtId } = app.court;
    const numberOf = (table: 'Party' | 'Agent' | 'StaffUser', rowId: string, number: string) => ({
      phoneEnc: Buffer.from(cipher.encrypt({ courtId, table, rowId, column: 'phoneEnc' }, number)),
      phoneIndex: cipher.blindIndex(courtId, table, 'phone', number),
    });
    app.setClock(new Date(Date.now() + 86_400_000));
    const asks = async () => code(await phone.post(`${at}/open`));
    const give = (number: string) =>
      inCourt(db, courtId, (tx) =>
        tx.party.update({ where: { id: c1.zhou }, data: numberOf('Party', c1.zhou, number) }),
      );
    await inCourt(db, courtId, (tx) =>
      tx.party.update({ where: { id: c1.chen }, data: numberOf('Party', c1.chen, '13922223333') }),
    );
    expect(await asks()).toBe('PHONE_SHARED');
    await give('13900000001'); // 方慧, who runs the station
    expect(await asks()).toBe('PHONE_SHARED');
    await give('13944445555');
    expect(await asks()).toBeUndefined();
    app.setClock(null);
  }
});

describe('somebody who cannot write (民法典 490)', () => {
  const witness = {
    name: '李国良',
    idNumber: withCheckDigit('33029919700101001'),
    relation: '村民代表',
  };
  const aid = { reason: '右手受伤', witness, documentSeen: true, independent: true };

  test('thumbprint before an independent witness: in the evidence, the certificate and the agreement itself', async () => {
    const c1 = await openedSession(app);
    const chenAtStation = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
    const path = `/api/cases/${c1.caseId}/parties/${c1.chen}/signing-aid`;
    for (const bad of [
      { name: '周建波' },
      { name: '方慧' },
      { idNumber: withCheckDigit('33029919830620003') },
      { idNumber: withCheckDigit('33029920200101001') },
    ]) {
      const refused = await c1.director.post(path, { ...aid, witness: { ...witness, ...bad } });
      expect(refusal(refused)).toEqual([409, 'WITNESS_NOT_INDEPENDENT']);
    }
    expect(code(await c1.director.post(path, { ...aid, independent: false }))).toBe('BAD_REQUEST');
    await must(c1.director.post(path, aid));
    await frozenAgreement({ ...c1, chenAtStation });
    expect(code(await c1.director.post(path, aid))).toBe('CONFLICT');

    const { at, textSha256, state } = await ceremonyUntilHand(app, chenAtStation, c1.caseId);
    const { signers } = JSON.parse(state.canonicalText) as AgreementDocument;
    expect(signers.find((s) => s.partyId === c1.chen)?.thumbprint).toEqual({ witness: '李国良' });
    expect(refusal(await chenAtStation.post(`${at}/ink`, ink))).toEqual([403, 'FORBIDDEN']);
    const print = (file: Buffer) => send(chenAtStation, `${at}/thumbprint`, file);
    expect(refusal(await print(solidPng(200, 200)))).toEqual([422, 'PRINT_NOT_LEGIBLE']);
    const files = watchFiles(app);
    await must(print(thumbprintPng()));
    expect(code(await chenAtStation.post(`${at}/presence`))).toBe('CEREMONY_STEP_MISSING');
    await must(chenAtStation.post(`${at}/witness`, { ink, saw: true }));
    // Pressed again: the witness saw the first one, not this.
    await must(print(thumbprintPng()));
    expect(code(await chenAtStation.post(`${at}/presence`))).toBe('CEREMONY_STEP_MISSING');
    await must(chenAtStation.post(`${at}/witness`, { ink, saw: true }));
    files.stop();
    // Steps name their pictures: the jobs that look for orphans leave them.
    expect(files.keys.map((key) => key.split('/')[1])).toEqual([
      ...['thumbprint', 'witness-ink'],
      ...['thumbprint', 'witness-ink'],
    ]);
    expect([await files.watched(), await files.tidy()]).toEqual([files.keys, []]);
    await giveCode(app, chenAtStation, at, 'STATION');
    await must((await signPlace(chenAtStation, at, textSha256)).complete());

    const { steps, head } = await inCourt(app.deps.db, app.court.courtId, async (tx) => {
      const version = await tx.draftVersion.findFirstOrThrow({
        where: { agreement: { caseId: c1.caseId } },
        include: { ceremonySteps: { orderBy: { at: 'asc' } } },
      });
      const head = await tx.document.findUniqueOrThrow({ where: { id: version.headDocumentId ?? '' } });
      return { steps: version.ceremonySteps, head };
    });
    const of = (kind: string) => steps.findLast((s) => s.kind === kind)?.data as Record<string, unknown>;
    expect(of('WITNESS')).toMatchObject({
      name: '李国良',
      identityCheckedBy: { name: '方慧' },
      thumbprintSha256: of('THUMBPRINT').imageSha256,
      baseSha256: state.baseSha256,
    });
    const pdf = await app.deps.storage.get(head.storageKey);
    const report = await app.deps.signing.verify(pdf);
    const signed = report.signatures.find((s) => s.name === '陈阿根');
    expect([signed?.ok, signed?.verification]).toEqual([
      true,
      'DOCUMENT_IN_PERSON+ATTESTED_BY_SECOND_PERSON+AT_STATION+THUMBPRINT_BEFORE_WITNESS',
    ]);
    const text = (await pdfText(pdf)).replace(/\s/g, '');
    expect(text).toContain('见证人：李国良');
    expect(text).toContain('（按指印）');
  });
});

describe('an organisation signs by its representative (民法典 61)', () => {
  test('named, and its seal compared with the registered image by a person', async () => {
    const c1 = await openedSession(app);
    const asOrganisation = (representative: string | null) =>
      inCourt(app.deps.db, app.court.courtId, (tx) =>
        tx.party.update({
          where: { id: c1.chen },
          data: { kind: 'ORGANISATION', name: '禾岸建材有限公司', representative },
        }),
      );
    await asOrganisation(' ');
    const upload = (file: Buffer, originalSeen: string) =>
      send(c1.director, `/api/cases/${c1.caseId}/attachments`, file, {
        kind: 'SEAL_IMAGE',
        partyId: c1.chen,
        originalSeen,
      });
    const registered = await upload(solidPng(30, 30), 'true');
    const chenAtStation = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
    await frozenAgreement({ ...c1, chenAtStation });
    const { at } = await myPlace(chenAtStation, c1.caseId);
    expect(code(await chenAtStation.post(`${at}/open`))).toBe('REPRESENTATIVE_MISSING');
    await asOrganisation('王建国');
    await ceremonyUntilHand(app, chenAtStation, c1.caseId);
    await must(chenAtStation.post(`${at}/ink`, ink));
    const early = await chenAtStation.post(`${at}/presence`);
    expect([code(early), early.body.details]).toEqual(['CEREMONY_STEP_MISSING', { step: 'ORG_SEAL' }]);
    const compare = (registeredId: unknown, shownId: unknown) =>
      c1.director.post(`${at}/org-seal`, { registeredId, shownId, same: true });
    expect(code(await compare(registered.body.id, registered.body.id))).toBe('NOT_FOUND');
    const shown = await upload(solidPng(31, 31), 'false');
    expect(code(await compare(shown.body.id, registered.body.id))).toBe('NOT_FOUND');
    await must(compare(registered.body.id, shown.body.id));
    await signAll(app, chenAtStation, c1.caseId);
  });
});
