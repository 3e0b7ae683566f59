import 'reflect-metadata'; // @peculiar/x509 needs it before itself
import { webcrypto } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { isPrivateAddress, privateRanges } from '../private-address.ts';

type CryptoKey = webcrypto.CryptoKey;
type CryptoKeyPair = webcrypto.CryptoKeyPair;

x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0]);
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;

const LEAF_DAYS = 300;

/** This machine's IPv4 addresses in private networks, the likeliest for phones first. */
export function lanAddresses(): string[] {
  const likely = (address: string) =>
    ['169.254.', '172.', '10.', '192.168.'].findIndex((start) => address.startsWith(start));
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && isPrivateAddress(address))
    .map(({ address }) => address)
    .sort((a, b) => likely(b) - likely(a));
}

/**
 * TLS for `--lan`: a root made on first start, constrained to private addresses (RFC 5280, name constraints) and
 * unrelated to the signing authority, and a leaf for these addresses, kept as long as they stay the same so that a
 * phone asks once. `fingerprint`: SHA-256 of the root; `rootFile`: what a phone may install.
 */
export async function lanCertificate(
  dataDir: string,
  addresses: string[],
): Promise<{ key: string; cert: string; fingerprint: string; rootFile: string }> {
  const dir = join(dataDir, 'lan');
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const root = await loadRoot(dir);
  const names = [...new Set([...addresses, '127.0.0.1'])].sort();
  const leaf = (await keptLeaf(dir, root.certificate, names)) ?? (await issueLeaf(dir, root, names));
  const thumbprint = Buffer.from(await root.certificate.getThumbprint('SHA-256'))
    .toString('hex')
    .toUpperCase();
  return {
    key: leaf.key,
    cert: `${leaf.cert}\n${root.certificate.toString('pem')}\n`,
    fingerprint: thumbprint.replace(/(..)(?=.)/g, '$1:'),
    rootFile: join(dir, 'root.pem'),
  };
}

type Leaf = { key: string; cert: string };
type Root = { certificate: x509.X509Certificate; privateKey: CryptoKey };

async function keptLeaf(dir: string, root: x509.X509Certificate, names: string[]): Promise<Leaf | null> {
  const found = await Promise.all(
    ['leaf.key', 'leaf.pem'].map((name) => readFile(join(dir, name), 'utf8')),
  ).catch(() => null);
  const [key, cert] = found ?? [];
  if (!key || !cert) return null;
  const leaf = new x509.X509Certificate(cert);
  const same =
    leaf
      .getExtension(x509.SubjectAlternativeNameExtension)
      ?.names.items.filter((name) => name.type === 'ip')
      .map((name) => name.value)
      .sort()
      .join() === names.join();
  const lasting = leaf.notAfter.getTime() > Date.now() + 30 * DAY_MS && leaf.notBefore.getTime() < Date.now();
  const ours = await leaf.verify({ publicKey: root, signatureOnly: true });
  return same && lasting && ours ? { key, cert } : null;
}

async function issueLeaf(dir: string, root: Root, names: string[]): Promise<Leaf> {
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
  const leaf = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: 'CN=Tongxi (local network)',
    issuer: root.certificate.subject,
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + LEAF_DAYS * DAY_MS),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: root.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      await x509.AuthorityKeyIdentifierExtension.create(root.certificate.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      new x509.SubjectAlternativeNameExtension([
        ...names.map((value) => ({ type: 'ip' as const, value })),
        { type: 'dns', value: 'localhost' },
      ]),
    ],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const lines = pkcs8.match(/.{1,64}/g) ?? [];
  const made = {
    key: `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`,
    cert: leaf.toString('pem'),
  };
  await writeFile(join(dir, 'leaf.key'), made.key, { mode: 0o600 });
  await writeFile(join(dir, 'leaf.pem'), made.cert, { mode: 0o600 });
  return made;
}

/** Positive, 15 random bytes behind a fixed first one, so that DER needs no leading zero. */
const serialNumber = (): string =>
  `4a${Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString('hex')}`;

async function loadRoot(dir: string): Promise<Root> {
  const [certFile, keyFile] = [join(dir, 'root.pem'), join(dir, 'root.key')];
  const found = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile)]).catch(() => null);
  if (found) {
    const privateKey = await webcrypto.subtle.importKey('pkcs8', found[1], algorithm, true, ['sign']);
    return { certificate: new x509.X509Certificate(found[0]), privateKey: privateKey as CryptoKey };
  }
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: 'CN=Tongxi local network root (not for signing)',
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + 3650 * DAY_MS),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      nameConstraints(),
    ],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  await writeFile(keyFile, pkcs8, { mode: 0o600 });
  await writeFile(certFile, certificate.toString('pem'), { mode: 0o600 });
  return { certificate, privateKey: keys.privateKey };
}

/** NameConstraints (RFC 5280 4.2.1.10), permitted: IPv4 ranges without internet and the name localhost. */
function nameConstraints(): x509.Extension {
  const der = (tag: number, ...content: number[][]): number[] => {
    const body = content.flat();
    if (body.length > 255) throw new Error('too long for the short form');
    return body.length < 128 ? [tag, body.length, ...body] : [tag, 0x81, body.length, ...body];
  };
  const ranges = privateRanges.map(([network, mask]) => der(0x30, der(0x87, [...network, ...mask])));
  const name = der(0x30, der(0x82, [...Buffer.from('localhost')]));
  return new x509.Extension('2.5.29.30', true, new Uint8Array(der(0x30, der(0xa0, ...ranges, name))));
}
