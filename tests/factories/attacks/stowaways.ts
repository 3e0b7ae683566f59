import { generateKeyPairSync, sign } from 'node:crypto';
import { issueX509 } from '../../../server/src/adapters/signing/issue-certificate.ts';
import { openPdf } from '../../../server/src/adapters/signing/pdf-file.ts';
import { COURT, issueFor } from '../../../server/src/adapters/signing/sample-agreement.fixture.ts';
import { buildSignedData } from '../../../server/src/adapters/signing/signed-data.ts';
import { decode, membersOf, sequence, setOf, TAG, tagged, tlv } from '../../../server/src/contract/der.ts';
import { OID_DATA } from '../../../server/src/contract/signing-client.ts';
import { type Attack, changed } from './attack.ts';
import { archiveAnyway, rogueSigner } from './forging.ts';
import { forge, type Stage } from './stage.ts';

/** The first party signs with strokes that our server never draws. */
const drawn = (title: string, about: string, appearance: string): Attack =>
  changed(title, about, ['party-1:REVISION'], async (stage) => {
    const { signer } = await issueFor(stage.kit, 'party-1', stage.sample.base.sha256);
    return forge(stage, stage.sample.base.pdf, 'party-1', signer, { appearance });
  });

/** The finished file’s last token with its SignedData’s parts changed: nothing signs over them. */
const restamped = (
  title: string,
  about: string,
  change: (parts: Uint8Array[], stage: Stage) => Uint8Array[] | Promise<Uint8Array[]>,
): Attack =>
  changed(title, about, ['archive:ENCODING'], (stage) =>
    archiveAnyway(stage, stage.sample.sealed, {
      stamp: async (digest) => {
        const [type, wrapped] = membersOf(await stage.timestamp.stamp(digest));
        const parts = membersOf(membersOf(wrapped, 0xa0)[0]).map(({ raw }) => raw);
        return sequence(type?.raw ?? new Uint8Array(), tagged(0, sequence(...(await change(parts, stage)))));
      },
    }),
  );

/** The red rectangle over the whole page, in the page’s own coordinates. */
const OVER_ALL = '1 0 0 rg\n0 0 m\n600 0 l\n600 850 l\n0 850 l\nh\nf';

/** A signature value with hundreds of authorities of one name and key, each of which issued every other one. */
async function crowdedSignature(stage: Stage): Promise<Uint8Array> {
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = new Uint8Array(key.publicKey.export({ type: 'spki', format: 'der' }));
  const by = (message: Uint8Array) => sign('sha256', message, { key: key.privateKey, dsaEncoding: 'der' });
  const issuer = { certificate: null, sign: async (message: Uint8Array) => new Uint8Array(by(message)) };
  const subject = { organisation: '某', commonName: '人群' };
  const usage = { kind: 'authority', pathLength: 9 } as const;
  const crowd: Uint8Array[] = [];
  for (let at = 0; at < 120; at += 1)
    crowd.push(await issueX509({ subject, publicKey, years: 5, usage }, issuer));
  const [first = new Uint8Array(), ...chain] = crowd;
  const { certificate } = await rogueSigner(stage, 'party-1', {
    baseSha256: stage.sample.base.sha256,
    issuer: { certificate: first, sign: issuer.sign },
  });
  return buildSignedData({
    contentType: OID_DATA,
    content: null,
    signedAttributes: setOf(),
    signature: Uint8Array.of(0),
    certificate,
    chain: [first, ...chain],
  });
}

/** Sections that stand inside each other’s trailers, so that the innermost bytes are read once for each. */
function nestedSections(): Uint8Array {
  let text = '%PDF-1.7\n1 0 obj\n<</Type/Catalog /Pages 1 0 R>>\nendobj\n';
  const first = text.length;
  text += `xref\n1 1\n0000000009 00000 n \ntrailer\n<</Size 9 /Root 1 0 R>>\nstartxref\n${first}\n%%EOF\n`;
  const starts: number[] = [];
  for (let at = 0; at < 60; at += 1) {
    starts.push(text.length);
    text += 'xref trailer<</X(';
  }
  text += 'x'.repeat(2_000_000);
  for (const [at, start] of [...starts.entries()].reverse()) {
    text += `)/Size 9 /Root 1 0 R /Prev ${starts[at - 1] ?? first}>>startxref ${start} %%EOF`;
  }
  const end = text.length + 1;
  return Buffer.from(
    `${text}\nxref trailer<</Size 9 /Root 1 0 R /Prev ${starts.at(-1)}>>startxref ${end} %%EOF\n`,
    'latin1',
  );
}

const stranger = (name: string, about: string, make: Attack['make']): Attack => ({
  name,
  about,
  verdict: 'unknown',
  says: ['NOT_OURS'],
  make,
});

/** What no other verifier looks at: what may ride along, what leaves its place, and what only takes time. */
export const stowaways: Attack[] = [
  drawn(
    'strokes-out-of-place',
    'an appearance that takes its own clip and place away first',
    `Q Q\n${OVER_ALL}\nq q`,
  ),
  drawn('strokes-left-open', 'an appearance that leaves its state behind', `q\nq\n${OVER_ALL}\nQ`),
  drawn(
    'strokes-too-deep',
    'an appearance that saves more states than readers keep',
    `${'q '.repeat(500)}${'Q '.repeat(499)}Q`,
  ),
  restamped(
    'stamp-with-certificate',
    'a stranger’s certificate put into the document time stamp',
    async (parts, stage) => {
      const { certificate } = (await issueFor(stage.kit, 'party-1', stage.sample.base.sha256)).signer;
      return parts.map((part) => (part[0] === 0xa0 ? tagged(0, decode(part).content, certificate) : part));
    },
  ),
  restamped('stamp-with-long-version', 'octets behind the version of the document time stamp', (parts) => [
    tlv(TAG.integer, Uint8Array.of(3), Buffer.from('stowaway')),
    ...parts.slice(1),
  ]),
  restamped('stamp-with-second-content', 'a second content in the document time stamp', (parts) =>
    parts.map((part, at) =>
      at === 2 ? sequence(decode(part).content, tagged(1, Buffer.from([4, 1, 7]))) : part,
    ),
  ),
  changed('store-with-stowaway', 'a whole file among the revocation lists', ['ARCHIVE'], async (stage) => {
    const lists = await stage.ca.revocationLists(COURT, []);
    const store = {
      certificates: [stage.intermediate.certificate],
      lists: [...lists, stage.sample.base.pdf],
    };
    return archiveAnyway(stage, stage.sample.sealed, { store });
  }),
  changed(
    'later-table-inside-trailer',
    'a section inside the trailer string of an older one',
    [],
    ({ sample }) => {
      const file = openPdf(sample.pdf);
      const start = sample.pdf.length;
      const inner = `xref trailer<</Size ${file.size} /Root ${file.rootNumber} 0 R /Prev ${file.sections.at(-1)?.xref}`;
      const at = start + 'xref trailer<</X('.length;
      const outer = `xref trailer<</X(${inner} /Y(>>startxref ${at} %%EOF))>>`;
      return Buffer.concat([sample.pdf, Buffer.from(`${outer}startxref ${at} %%EOF\n`, 'latin1')]);
    },
  ),
  stranger('bomb-issuers', 'authorities that all issued each other', async (stage) => {
    const hex = Buffer.from(await crowdedSignature(stage)).toString('hex');
    return Buffer.from(`%PDF-1.7\n${`<</Contents <${hex}>>>\n`.repeat(8)}startxref\n9\n%%EOF\n`);
  }),
  stranger('bomb-values', 'a trailer with two million keys', () => {
    const keys = Array.from({ length: 2_000_000 }, (_, at) => `/${at} 1`).join('');
    return Buffer.from(
      `%PDF-1.7\nxref\ntrailer\n<</Size 9 /Root 1 0 R${keys}>>\nstartxref\n9\n%%EOF\n`,
      'latin1',
    );
  }),
  stranger('bomb-sections', 'sixty sections inside each other’s trailers', nestedSections),
];
