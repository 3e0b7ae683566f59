import { webcrypto } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

type CryptoKey = webcrypto.CryptoKey;
type CryptoKeyPair = webcrypto.CryptoKeyPair;

x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0]);
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;

/**
 * TLS for `--lan`: a root made on first start, constrained to private addresses (RFC 5280, name constraints) and
 * unrelated to the signing authority, and a fresh leaf for these addresses. Fingerprint: SHA-256 of the root.
 */
export async function lanCertificate(
  dataDir: string,
  addresses: string[],
): Promise<{ key: string; cert: string; fingerprint: string }> {
  const dir = join(dataDir, 'lan');
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const root = await loadRoot(dir);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const leaf = await x509.X509CertificateGenerator.create({
    serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString('hex'),
    subject: 'CN=Tongxi (local network)',
    issuer: root.certificate.subject,
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + 300 * DAY_MS),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey as CryptoKey,
    signingKey: root.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...[...addresses, '127.0.0.1'].map((value) => ({ type: 'ip' as const, value })),
        { type: 'dns', value: 'localhost' },
      ]),
    ],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const thumbprint = Buffer.from(await root.certificate.getThumbprint('SHA-256'))
    .toString('hex')
    .toUpperCase();
  return {
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8.replace(/(.{64})/g, '$1\n')}\n-----END PRIVATE KEY-----\n`,
    cert: `${leaf.toString('pem')}\n${root.certificate.toString('pem')}\n`,
    fingerprint: thumbprint.replace(/(..)(?=.)/g, '$1:'),
  };
}

/** IPv4 ranges of RFC 1918, loopback and link-local, as address and mask. */
const privateRanges = [
  [10, 0, 0, 0, 255, 0, 0, 0],
  [172, 16, 0, 0, 255, 240, 0, 0],
  [192, 168, 0, 0, 255, 255, 0, 0],
  [127, 0, 0, 0, 255, 0, 0, 0],
  [169, 254, 0, 0, 255, 255, 0, 0],
];

async function loadRoot(dir: string): Promise<{ certificate: x509.X509Certificate; privateKey: CryptoKey }> {
  const [certFile, keyFile] = [join(dir, 'root.pem'), join(dir, 'root.key')];
  const found = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile)]).catch(() => null);
  if (found) {
    const privateKey = await webcrypto.subtle.importKey('pkcs8', found[1], algorithm, true, ['sign']);
    return { certificate: new x509.X509Certificate(found[0]), privateKey: privateKey as CryptoKey };
  }
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString('hex'),
    name: 'CN=Tongxi local network root (not for signing)',
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + 3650 * DAY_MS),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      nameConstraints(),
    ],
  });
  await writeFile(certFile, certificate.toString('pem'), { mode: 0o600 });
  await writeFile(keyFile, Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)), {
    mode: 0o600,
  });
  return { certificate, privateKey: keys.privateKey };
}

/** NameConstraints (RFC 5280 4.2.1.10), permitted: private IPv4 ranges and the name localhost. */
function nameConstraints(): x509.Extension {
  const der = (tag: number, ...content: number[][]): number[] => {
    const body = content.flat();
    if (body.length > 255) throw new Error('too long for the short form');
    return body.length < 128 ? [tag, body.length, ...body] : [tag, 0x81, body.length, ...body];
  };
  const ranges = privateRanges.map((range) => der(0x30, der(0x87, range)));
  const name = der(0x30, der(0x82, [...Buffer.from('localhost')]));
  return new x509.Extension('2.5.29.30', true, new Uint8Array(der(0x30, der(0xa0, ...ranges, name))));
}
