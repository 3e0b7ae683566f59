import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSignedAttributes } from '../../contract/signing-client.ts';
import { DomainError } from '../../domain/errors.ts';
import type { PreparedSignature, Signing } from '../../ports/signing.ts';
import { openAgreement } from './agreement-file.ts';
import {
  COMMITTEE,
  drawSample,
  FIELDS,
  fieldNamed,
  INK,
  issueFor,
  MANIFEST,
  openSample,
  signField,
  signSample,
  textSha256,
} from './sample-agreement.fixture.ts';

let kit: Signing;
let close: () => Promise<void>;
let base: { pdf: Uint8Array; sha256: string };

beforeAll(async () => {
  ({ kit, close } = await openSample());
  base = await kit.certifyBase({ pdf: await drawSample(), fields: FIELDS, manifest: MANIFEST });
});
afterAll(() => close());

const refusal = (code: string) => expect.objectContaining({ code });

async function prepare(name = 'party-1', head = base.pdf) {
  const { issued, signer } = await issueFor(kit, name, base.sha256);
  const { certificate, chain } = issued;
  const claimedTime = new Date('2025-10-15T01:30:00Z');
  const input = { head, fieldName: name, ink: INK, certificate, chain, claimedTime };
  const prepared = await kit.prepareSignature(input);
  const attributes = (changes = {}) =>
    buildSignedAttributes({
      digest: Buffer.from(prepared.digest, 'hex'),
      certificate,
      textSha256,
      ...changes,
    });
  return { input, prepared, issued, signer, attributes };
}

describe('the certified base', () => {
  test('says who must sign, and starts with the drawing as it was', async () => {
    const { manifest, fields } = openAgreement(base.pdf);
    expect(manifest).toEqual({
      format: 2,
      demo: true,
      ...MANIFEST,
      fields: FIELDS.map(({ name, role, signerName, personId }) => ({ name, role, signerName, personId })),
    });
    expect([...fields.values()].filter(({ signature }) => signature !== null)).toHaveLength(1);
  });

  test.each([
    [
      'a field outside its page',
      [{ ...fieldNamed('party-1'), rect: { x: 560, y: 0, width: 120, height: 40 } }],
    ],
    ['a page that is not there', [{ ...fieldNamed('party-1'), page: 7 }]],
    ['one name twice', [fieldNamed('party-1'), fieldNamed('party-1')]],
    ["the platform's name", [{ ...fieldNamed('party-1'), name: 'platform' }]],
    ['a name that is none', [{ ...fieldNamed('party-1'), name: 'a b' }]],
    ['two seals', [fieldNamed('committee'), { ...fieldNamed('committee'), name: 'seal-2' }]],
    ['no field', []],
  ])('is refused with %s', async (_, fields) => {
    const pdf = await drawSample();
    await expect(kit.certifyBase({ pdf, fields, manifest: MANIFEST })).rejects.toEqual(
      refusal('DRAFT_INVALID'),
    );
  });

  test('is refused when the PDF has a form already or is none', async () => {
    for (const pdf of [base.pdf, Buffer.from('no pdf')]) {
      await expect(kit.certifyBase({ pdf, fields: FIELDS, manifest: MANIFEST })).rejects.toEqual(
        refusal('DRAFT_INVALID'),
      );
    }
  });

  test('without a seal needs none', async () => {
    const parties = FIELDS.slice(0, 2);
    const certified = await kit.certifyBase({ pdf: await drawSample(), fields: parties, manifest: MANIFEST });
    const once = await signField(kit, certified.pdf, 'party-2', certified.sha256);
    const { pdf } = await signField(kit, once.pdf, 'party-1', certified.sha256);
    const archived = await kit.archive({ head: pdf, revoked: [] });
    expect(await kit.verify(archived.pdf)).toMatchObject({ verdict: 'genuine', problems: [] });
  });
});

describe('a signature', () => {
  test('survives storage as JSON and comes back with the time of its token', async () => {
    const { input, prepared, issued, signer, attributes } = await prepare();
    const stored: PreparedSignature = JSON.parse(JSON.stringify(prepared));
    const signedAttributes = await attributes();
    const before = Date.now();
    const done = await kit.completeSignature({
      head: input.head,
      prepared: stored,
      certificate: issued.certificate,
      chain: issued.chain,
      signedAttributes,
      signature: await signer.sign(signedAttributes),
    });
    expect(done.signedAt.getTime()).toBeGreaterThanOrEqual(before);
    expect(done.tokenAuthority).toContain('内置时间戳');
    expect(Buffer.from(done.pdf.subarray(0, base.pdf.length)).equals(base.pdf)).toBe(true);
    expect((await kit.verify(done.pdf)).signatures[1]?.time).toEqual(done.signedAt);
  });

  test('is prepared in the same bytes for the same input', async () => {
    const { input, prepared } = await prepare();
    expect(await kit.prepareSignature(input)).toEqual(prepared);
    const strokes = [...INK.strokes, [[0.5, 0.5] as [number, number]]];
    const other = await kit.prepareSignature({ ...input, ink: { ...INK, strokes } });
    expect(other.digest).not.toBe(prepared.digest);
  });

  test.each(['head', 'attributes', 'text', 'key', 'encoding', 'certificate', 'digest'])(
    'is refused with a wrong %s',
    async (what) => {
      const { input, prepared, issued, signer, attributes } = await prepare();
      const other = await issueFor(kit, 'party-2', base.sha256);
      const sameRole = await issueFor(kit, 'party-1', '11'.repeat(32));
      const text = { textSha256: new Uint8Array(32) };
      const certificate =
        what === 'certificate'
          ? other.issued.certificate
          : what === 'digest'
            ? sameRole.issued.certificate
            : null;
      const used = certificate ?? issued.certificate;
      const signedAttributes = await attributes({ certificate: used, ...(what === 'text' ? text : {}) });
      const by = what === 'key' ? other.signer : what === 'digest' ? sameRole.signer : signer;
      const signature = await by.sign(signedAttributes);
      const answer = kit.completeSignature({
        head: what === 'head' ? Buffer.concat([input.head, Buffer.from('\n')]) : input.head,
        prepared,
        certificate: used,
        chain: issued.chain,
        signedAttributes: what === 'attributes' ? signedAttributes.slice(0, -1) : signedAttributes,
        signature: what === 'encoding' ? Buffer.concat([signature, Buffer.from([0])]) : signature,
      });
      const codes = { head: 'HEAD_MOVED', certificate: 'CERTIFICATE_INVALID', digest: 'CERTIFICATE_INVALID' };
      const code = what in codes ? codes[what as keyof typeof codes] : 'SIGNATURE_INVALID';
      await expect(answer).rejects.toEqual(refusal(code));
    },
  );

  test('with a certificate that signed before is refused', async () => {
    const { input, prepared, issued, signer, attributes } = await prepare();
    const signedAttributes = await attributes();
    const { certificate, chain } = issued;
    const signature = await signer.sign(signedAttributes);
    const first = await kit.completeSignature({ ...input, prepared, signedAttributes, signature });
    await expect(kit.prepareSignature({ ...input, head: first.pdf })).rejects.toEqual(
      refusal('ALREADY_SIGNED'),
    );
    await expect(
      kit.completeSignature({ head: first.pdf, prepared, certificate, chain, signedAttributes, signature }),
    ).rejects.toEqual(refusal('HEAD_MOVED'));
  });

  test.each([
    ['mediator', 'NOT_YOUR_TURN'],
    ['nobody', 'NOT_FOUND'],
    ['platform', 'NOT_FOUND'],
  ])('in field %s on a fresh base: %s', async (fieldName, code) => {
    const { input } = await prepare();
    await expect(kit.prepareSignature({ ...input, fieldName })).rejects.toEqual(refusal(code));
  });

  test.each([
    ['nothing', []],
    ['points off the pad', [[[0.5, 1.5]]]],
    ['no numbers', [[[Number.NaN, 0.5]]]],
    ['too many points', [Array.from({ length: 20_001 }, () => [0.5, 0.5])]],
  ])('with ink of %s is refused', async (_, strokes) => {
    const { input } = await prepare();
    const ink = { ...INK, strokes: strokes as [number, number][][] };
    await expect(kit.prepareSignature({ ...input, ink })).rejects.toEqual(refusal('BAD_REQUEST'));
  });

  test('never becomes weaker when no time stamp comes', async () => {
    const stamp = () => Promise.reject(new DomainError('TIMESTAMP_UNAVAILABLE'));
    const broken = await openSample({ timestamp: { stamp, maxTokenBytes: 2000 } });
    const pdf = await drawSample();
    await expect(broken.kit.certifyBase({ pdf, fields: FIELDS, manifest: MANIFEST })).rejects.toEqual(
      refusal('TIMESTAMP_UNAVAILABLE'),
    );
    await broken.close();
  });
});

describe('the seal', () => {
  const seal = (head: Uint8Array, committee = COMMITTEE) =>
    kit.sealField({ head, fieldName: 'committee', committee, claimedTime: new Date() });

  test('waits for every signature', async () => {
    await expect(seal(base.pdf)).rejects.toEqual(
      expect.objectContaining({
        code: 'NOT_YOUR_TURN',
        details: { waiting: ['party-1', 'party-2', 'mediator', 'recorder'] },
      }),
    );
  });

  test('belongs to the committee that the base names, and is set once', async () => {
    const { heads, pdf } = await signSample(kit);
    const unsealed = heads[FIELDS.length - 1] ?? base.pdf;
    const other = { ...COMMITTEE, committeeId: '0190c0aa-0000-7000-8000-00000000000d' };
    await expect(seal(unsealed, other)).rejects.toEqual(refusal('FORBIDDEN'));
    await expect(seal(pdf)).rejects.toEqual(refusal('ALREADY_SIGNED'));
    await expect(prepare('committee', unsealed)).rejects.toEqual(refusal('FORBIDDEN'));
  });
});
