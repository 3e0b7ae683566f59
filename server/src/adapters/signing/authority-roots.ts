import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../../domain/errors.ts';
import {
  addressesOf,
  LIST_DAYS,
  nameOf,
  ROOT_FILE,
  type RootKind,
  rootName,
  YEARS,
} from './authority-names.ts';
import { readRoots } from './certificate-path.ts';
import { DEMO_MARK, issueX509 } from './issue-certificate.ts';
import type { HeldKey, KeyStore } from './key-store.ts';
import { issueRevocationList, parseRevocationList } from './revocation-list.ts';

/** One root as the running service sees it: its key only in a demonstration. */
export type Root = {
  certificate: Uint8Array;
  sign: HeldKey['sign'] | null;
  /** Its newest revocation list. UNAVAILABLE when the installed one has run out. */
  list(): Promise<Uint8Array>;
};

export type Roots = { signer: Root; timestamp: Root; timestampKey: HeldKey | null };

/** Said where an operator has to bring what only the offline machine can make. */
export class AuthorityMissing extends Error {}

/** Opens both roots and the time-stamp key; see `openCa` for `root`. */
export async function openRoots(options: {
  dir: string;
  demo: boolean;
  root?: 'online' | 'offline';
  publicUrl?: string;
  names?: { signer: string };
  store: KeyStore;
}): Promise<Roots> {
  const { dir, demo, store, publicUrl } = options;
  const offline = (options.root ?? 'online') === 'offline';
  const open = (kind: RootKind): Promise<Root> =>
    offline
      ? installedRoot(dir, kind, store)
      : ownRoot(store, kind, demo, kind === 'signer' ? options.names?.signer : undefined);
  const [signer, timestamp] = [await open('signer'), await open('timestamp')];
  for (const { certificate } of [signer, timestamp]) {
    if (isDemoCertificate(certificate) !== demo)
      throw new Error(`${dir} holds the keys of a ${demo ? 'real' : 'demonstration'} installation`);
  }
  if (timestamp.sign === null) return { signer, timestamp, timestampKey: await store.open('timestamp') };
  const issuer = { certificate: timestamp.certificate, sign: timestamp.sign };
  const timestampKey = await store.openOrCreate('timestamp', ({ publicKey }) =>
    issueX509(
      {
        subject: nameOf('内置时间戳', demo),
        publicKey,
        years: YEARS.lasting,
        usage: { kind: 'timestamp' },
        ...(publicUrl === undefined ? {} : { at: addressesOf(publicUrl, ROOT_FILE.timestamp) }),
      },
      issuer,
    ),
  );
  return { signer, timestamp, timestampKey };
}

/** A root whose key is in this store, made on first use. */
export async function ownRoot(
  store: KeyStore,
  kind: RootKind,
  demo: boolean,
  commonName?: string,
): Promise<Root> {
  const timeStampingOnly = kind === 'timestamp';
  const held = await store.openOrCreate(ROOT_FILE[kind], ({ publicKey, sign }) =>
    issueX509(
      {
        subject: commonName === undefined ? rootName(kind, demo) : nameOf(commonName, demo, commonName),
        publicKey,
        years: YEARS.root,
        usage: { kind: 'authority', pathLength: timeStampingOnly ? 0 : 1, timeStampingOnly },
      },
      { certificate: null, sign },
    ),
  );
  return { ...held, list: () => rootList(held, []) };
}

/** A root's list, made now. */
export function rootList(
  root: { certificate: Uint8Array; sign: HeldKey['sign'] },
  revoked: Parameters<typeof issueRevocationList>[1]['revoked'],
): Promise<Uint8Array> {
  const thisUpdate = new Date(Math.floor(Date.now() / 1000) * 1000);
  const nextUpdate = new Date(thisUpdate.getTime() + LIST_DAYS.root * 86_400_000);
  return issueRevocationList(root, { thisUpdate, nextUpdate, number: Date.now(), revoked });
}

async function installedRoot(dir: string, kind: RootKind, store: KeyStore): Promise<Root> {
  const name = ROOT_FILE[kind];
  if ((await store.open(name)) !== null)
    throw new Error(`${dir} holds the key of ${name}: outside a demonstration root keys stay offline`);
  const pem = await readFile(join(dir, `${name}.crt`), 'utf8').catch(() => null);
  const [certificate] = pem === null ? [] : readRoots(pem);
  if (certificate === undefined)
    throw new AuthorityMissing(
      `${name}.crt is not installed in ${dir}: make the roots on an offline machine and install them (npm run authority -- --help)`,
    );
  return {
    certificate,
    sign: null,
    async list() {
      const der = new Uint8Array(await readFile(join(dir, `${name}.crl`)).catch(() => Buffer.alloc(0)));
      const { nextUpdate, verifiedBy } = parseRevocationList(der);
      if (!verifiedBy(certificate) || nextUpdate === null || nextUpdate < new Date())
        throw new DomainError('UNAVAILABLE', { reason: 'root-list-ran-out', root: name });
      return der;
    },
  };
}

/** True when a certificate's own name bears the demonstration mark. */
export const isDemoCertificate = (der: Uint8Array): boolean =>
  new X509Certificate(der).subject.includes(DEMO_MARK);
