import { createHash, randomUUID, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { subjectOfDer } from '../../server/src/adapters/signing/certificate-fields.ts';
import { parseRevocationList, serialOf } from '../../server/src/adapters/signing/revocation-list.ts';
import {
  contentOf,
  integer,
  membersOf,
  octets,
  oid,
  sequence,
  TAG,
  tlv,
} from '../../server/src/contract/der.ts';
import { createCertificateRequest, generateSigningKey } from '../../server/src/contract/signing-client.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { openedSession } from '../factories/case.ts';
import { agreedDraft } from '../factories/draft.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());

const bytes = async (path: string, init?: RequestInit) => {
  const answer = await app.anonymous.raw(path, { ...init, headers: {} });
  return { status: answer.status, body: new Uint8Array(await answer.arrayBuffer()) };
};

/** A one-time certificate on record, as the ceremony writes it. */
async function certificate(revoked: boolean) {
  const { courtId } = app.court;
  const court = await app.deps.db.court.findUniqueOrThrow({ where: { id: courtId } });
  const subject = {
    courtId,
    courtName: court.name,
    caseNumber: '1',
    personId: randomUUID(),
    name: '陈阿根',
    role: 'party',
    verification: 'x',
    baseSha256: 'ab'.repeat(32),
  } as const;
  const csr = await createCertificateRequest(await generateSigningKey());
  const issued = await app.deps.signing.issueCertificate({ csr, subject });
  await inCourt(app.deps.db, courtId, (tx) =>
    tx.certificate.create({
      data: {
        courtId,
        serial: issued.serial,
        der: Buffer.from(issued.certificate),
        chain: issued.chain.map((der) => Buffer.from(der)),
        personId: subject.personId,
        role: 'party',
        baseSha256: subject.baseSha256,
        issuedAt: issued.notBefore,
        expiresAt: issued.notAfter,
        revokedAt: revoked ? new Date() : null,
      },
    }),
  );
  return issued;
}

test('anybody reads the court’s list, made now, with what was revoked; the roots’ lists and certificates too', async () => {
  const [good, bad] = [await certificate(false), await certificate(true)];
  const at = `/pki/court-${app.court.courtId}`;
  const issuer = await bytes(`${at}.cer`);
  const list = await bytes(`${at}.crl`);
  expect([issuer.status, list.status]).toEqual([200, 200]);
  const read = parseRevocationList(list.body);
  expect(read.verifiedBy(issuer.body)).toBe(true);
  expect(Date.now() - read.thisUpdate.getTime()).toBeLessThan(5000);
  expect([...read.revoked.keys()]).toContain(serialOf(bad.certificate));
  expect([...read.revoked.keys()]).not.toContain(serialOf(good.certificate));
  for (const root of ['signer-root', 'timestamp-root']) {
    const [cer, crl] = [await bytes(`/pki/${root}.cer`), await bytes(`/pki/${root}.crl`)];
    expect(parseRevocationList(crl.body).verifiedBy(cer.body)).toBe(true);
  }
  for (const path of ['/pki/court-x.crl', `/pki/court-${randomUUID()}.crl`, '/pki/signer-root.pem'])
    expect((await bytes(path)).status).toBe(404);
});

test('OCSP over POST and GET: good, revoked, unknown; another court’s question is not answered', async () => {
  const [good, bad] = [await certificate(false), await certificate(true)];
  const issuer = good.chain[0] ?? new Uint8Array();
  const ask = async (serial: string, courtId = app.court.courtId) => {
    const sha1 = (data: Uint8Array) => octets(createHash('sha1').update(data).digest());
    const [, key] = membersOf(new X509Certificate(issuer).publicKey.export({ type: 'spki', format: 'der' }));
    const algorithm = sequence(oid('1.3.14.3.2.26'), tlv(0x05));
    const id = sequence(
      algorithm,
      sha1(subjectOfDer(issuer)),
      sha1(contentOf(key, TAG.bitString).subarray(1)),
      integer(new Uint8Array(Buffer.from(serial, 'hex'))),
    );
    const request = sequence(sequence(sequence(sequence(id))));
    const posted = await bytes(`/pki/court-${courtId}/ocsp`, { method: 'POST', body: request });
    const got = await bytes(
      `/pki/court-${courtId}/ocsp/${encodeURIComponent(Buffer.from(request).toString('base64'))}`,
    );
    // All but the signature and the time is the same by either way.
    const shown = (body: Uint8Array) => Buffer.from(body).toString('hex').split(serial)[1]?.slice(0, 4);
    expect(shown(got.body)).toBe(shown(posted.body));
    return Buffer.from(posted.body).toString('hex');
  };
  // certStatus stands right behind the CertID, whose last part is the serial: [0] good, [1] revoked, [2] unknown.
  expect(await ask(good.serial)).toContain(`${good.serial}8000`);
  expect(await ask(bad.serial)).toContain(`${bad.serial}a111`);
  expect(await ask('4'.repeat(32))).toContain(`${'4'.repeat(32)}8200`);
  const second = await app.secondCourt();
  expect(await ask(good.serial, second.courtId)).toBe('30030a0106');
});

test('while nobody chose who vouches no agreement is frozen for electronic signing, on paper it is (电子签名法 16–18)', async () => {
  const c1 = await openedSession(app);
  const chen = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
  const contentSha256 = await agreedDraft({ ...c1, chenAtStation: chen });
  const { vouching } = app.deps.signing;
  app.deps.signing.vouching = { identity: 'UNCHOSEN', time: 'INSTALLATION', provider: null };
  const freeze = (paper: boolean) =>
    c1.mediator.post<{ code?: string }>(`/api/cases/${c1.caseId}/agreement/freeze`, { contentSha256, paper });
  const refused = await freeze(false);
  expect([refused.status, JSON.stringify(refused.body)]).toEqual([
    409,
    expect.stringContaining('SIGNING_UNCHOSEN'),
  ]);
  app.deps.signing.vouching = { identity: 'PAPER', time: 'INSTALLATION', provider: null };
  expect((await freeze(false)).status).toBe(200);
  app.deps.signing.vouching = vouching;
  const { body } = await c1.director.get<{ agreement: { medium: string } }>(`/api/cases/${c1.caseId}`);
  expect(body.agreement.medium).toBe('PAPER');
});
