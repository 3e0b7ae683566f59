import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { bits, integer, oid, sequence, tagged } from '../../contract/der.ts';
import { OID_ECDSA_SHA256 } from '../../contract/signing-client.ts';
import type { CourtName, RevokedCertificate } from '../../ports/signing.ts';
import { addressesOf, courtFile, nameOf, ROOT_FILE, YEARS } from './authority-names.ts';
import { ownRoot, rootList } from './authority-roots.ts';
import { readCertificateRequest } from './certificate-request.ts';
import { issueX509 } from './issue-certificate.ts';
import { type FreshKey, type KeyStore, openKeyStore, toPem } from './key-store.ts';

const KINDS = ['signer', 'timestamp'] as const;

/** What travels to the offline machine: a public key with proof of possession, and for what it is. */
const Request = z.strictObject({
  kind: z.enum(['court', 'timestamp']),
  file: z.string().regex(/^(court-[0-9a-f-]{36}|timestamp)$/),
  courtName: z.string().max(100),
  publicUrl: z.url({ protocol: /^https?$/ }),
  csr: z.base64(),
});

/** On the offline machine: makes both roots (keys encrypted) and writes their certificates and first lists. */
export async function makeRoots(input: { dir: string; passphrase: string }): Promise<string[]> {
  const store = await openKeyStore(input);
  const written: string[] = [];
  for (const kind of KINDS) {
    const { certificate } = await ownRoot(store, kind, false);
    const path = join(input.dir, `${ROOT_FILE[kind]}.crt`);
    await writeFile(path, toPem(certificate));
    written.push(path);
  }
  return [...written, ...(await writeRootLists({ ...input, revoked: [] }))];
}

/** On the offline machine: new lists of both roots, good for 400 days. `revoked` are intermediates by serial. */
export async function writeRootLists(input: {
  dir: string;
  passphrase: string;
  revoked: RevokedCertificate[];
}): Promise<string[]> {
  const store = await openKeyStore(input);
  const written: string[] = [];
  for (const kind of KINDS) {
    const root = await store.open(ROOT_FILE[kind]);
    if (root === null) throw new Error(`${input.dir} holds no ${ROOT_FILE[kind]}`);
    const path = join(input.dir, `${ROOT_FILE[kind]}.crl`);
    await writeFile(path, await rootList(root, kind === 'signer' ? input.revoked : []));
    written.push(path);
  }
  return written;
}

/** On the service's machine: makes a key that never leaves it and the request for its certificate. */
export async function requestAuthority(
  store: KeyStore,
  input: { publicUrl: string } & ({ court: CourtName } | { timestamp: true }),
): Promise<{ name: string; text: string }> {
  const court = 'court' in input ? input.court : null;
  const file = court === null ? 'timestamp' : courtFile(court.courtId);
  const csr = await store.request(file, certificateRequest);
  const request = {
    kind: court === null ? 'timestamp' : 'court',
    file,
    courtName: court?.courtName ?? '',
    publicUrl: input.publicUrl,
    csr: Buffer.from(csr).toString('base64'),
  };
  return { name: `${file}.request.json`, text: `${JSON.stringify(Request.parse(request), null, 2)}\n` };
}

/** PKCS#10 without a name: the offline machine names the authority. */
async function certificateRequest({ publicKey, sign }: FreshKey): Promise<Uint8Array> {
  const info = sequence(integer(0), sequence(), publicKey, tagged(0));
  return sequence(info, sequence(oid(OID_ECDSA_SHA256)), bits(await sign(info)));
}

/** On the offline machine: certifies a request's key. Throws a plain Error for a malformed or forged one. */
export async function certifyRequest(input: {
  dir: string;
  passphrase: string;
  request: string;
}): Promise<{ name: string; pem: string }> {
  const request = Request.parse(JSON.parse(input.request));
  const publicKey = readCertificateRequest(new Uint8Array(Buffer.from(request.csr, 'base64')));
  const kind = request.kind === 'court' ? 'signer' : 'timestamp';
  const root = await (await openKeyStore(input)).open(ROOT_FILE[kind]);
  if (root === null) throw new Error(`${input.dir} holds no ${ROOT_FILE[kind]}`);
  const court = request.kind === 'court';
  const certificate = await issueX509(
    {
      subject: court
        ? nameOf(`${request.courtName}签名机构`, false, request.courtName)
        : nameOf('内置时间戳', false),
      publicKey,
      years: YEARS.lasting,
      usage: court ? { kind: 'authority', pathLength: 0 } : { kind: 'timestamp' },
      at: addressesOf(request.publicUrl, ROOT_FILE[kind]),
    },
    root,
  );
  return { name: `${request.file}.crt`, pem: toPem(certificate) };
}

/** On the service's machine: takes over certificates and lists that the offline machine wrote into `from`. */
export async function installAuthority(
  store: KeyStore,
  { from, dir }: { from: string; dir: string },
): Promise<string[]> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const installed: string[] = [];
  for (const file of await readdir(from)) {
    const name = basename(file).replace(/\.(crt|crl)$/, '');
    if (/^(signer|timestamp)-root\.(crt|crl)$/.test(file)) {
      await copyFile(join(from, file), join(dir, file));
      installed.push(file);
    } else if (/^(court-[0-9a-f-]{36}|timestamp)\.crt$/.test(file)) {
      await store.install(name, await readFile(join(from, file), 'utf8'));
      installed.push(file);
    }
  }
  return installed;
}
