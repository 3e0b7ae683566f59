import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sm2, sm3 } from 'sm-crypto-v2';
import * as z from 'zod';
import { bits, fromHex, oid, sequence } from '../../contract/der.ts';
import { isDerSignature } from '../../contract/signing-client.ts';
import type { CourtName, Sm2Evidence, Sm2Signer } from '../../ports/signing.ts';

/** The signer's id that GM/T 0009 prescribes where nothing else was agreed. */
const SIGNER_ID = '1234567812345678';
const OID_EC_PUBLIC_KEY = '1.2.840.10045.2.1';
const OID_SM2 = '1.2.156.10197.1.301';
const KeyFile = z.strictObject({
  publicKey: z.string(),
  salt: z.string(),
  nonce: z.string(),
  sealed: z.string(),
});
const Evidence = z.strictObject({
  format: z.literal(1),
  algorithm: z.literal('SM2-with-SM3'),
  signerId: z.literal(SIGNER_ID),
  statement: z.string().max(10_000),
  publicKey: z.string().regex(/^04[0-9a-f]{128}$/),
  signature: z.base64().max(200),
});

/** SM3 (GM/T 0004) of bytes, lower-case hex. */
export const sm3Hex = (bytes: Uint8Array): string => sm3(bytes);

/** A court's lasting SM2 keys (GM/T 0003), one encrypted file each in `dir`, made on first use. */
export function sm2Signer({ dir, passphrase }: { dir: string; passphrase: string }): Sm2Signer {
  const opened = new Map<string, Promise<Key>>();
  const keyOf = ({ courtId }: CourtName): Promise<Key> => {
    if (!/^[0-9a-f-]{36}$/.test(courtId)) throw new Error('bad court');
    const known = opened.get(courtId) ?? openKey(dir, `sm2-${courtId}.json`, passphrase);
    opened.set(courtId, known);
    known.catch(() => opened.delete(courtId));
    return known;
  };
  return {
    sm3: sm3Hex,
    publicKeyPem: async (court) => spkiPem((await keyOf(court)).publicKey),
    async sign(court, statement): Promise<Sm2Evidence> {
      const { publicKey, privateKey } = await keyOf(court);
      const options = { der: true, hash: true, publicKey, userId: SIGNER_ID };
      const signature = sm2.doSignature(new TextEncoder().encode(statement), privateKey, options);
      return {
        format: 1,
        algorithm: 'SM2-with-SM3',
        signerId: SIGNER_ID,
        statement,
        publicKey,
        signature: Buffer.from(signature, 'hex').toString('base64'),
      };
    },
  };
}

/**
 * Checks evidence against the file beside it and the court's public key (PEM): form, signature, and that the statement
 * names this file by SM3. Returns the statement; null when anything fails.
 */
export function verifySm2Evidence(
  json: string,
  { pdf, publicKeyPem }: { pdf: Uint8Array; publicKeyPem: string },
): Record<string, unknown> | null {
  try {
    const evidence = Evidence.parse(JSON.parse(json));
    const { statement, publicKey } = evidence;
    if (spkiPem(publicKey).replaceAll(/\s/g, '') !== publicKeyPem.replaceAll(/\s/g, '')) return null;
    // The library reads any tag and length as DER: only the one encoding counts.
    const der = new Uint8Array(Buffer.from(evidence.signature, 'base64'));
    if (!isDerSignature(der)) return null;
    const signature = Buffer.from(der).toString('hex');
    const options = { der: true, hash: true, userId: SIGNER_ID };
    const bytes = new TextEncoder().encode(statement);
    if (!sm2.doVerifySignature(bytes, signature, publicKey, options)) return null;
    const said = z.record(z.string(), z.unknown()).parse(JSON.parse(statement));
    return said.documentSm3 === sm3Hex(pdf) ? said : null;
  } catch {
    return null;
  }
}

type Key = { publicKey: string; privateKey: string };

async function openKey(dir: string, name: string, passphrase: string): Promise<Key> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, name);
  const held = await readFile(path, 'utf8').catch(() => null);
  if (held !== null) return unseal(held, passphrase);
  const { publicKey, privateKey } = sm2.generateKeyPairHex();
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  await writeFile(temporary, seal({ publicKey, privateKey }, passphrase), { mode: 0o600, flush: true });
  try {
    // link refuses to replace: of two starters one wins and the other reads the winner's key.
    await link(temporary, path);
  } catch {
    return unseal(await readFile(path, 'utf8'), passphrase);
  } finally {
    await rm(temporary, { force: true });
  }
  return { publicKey, privateKey };
}

function seal({ publicKey, privateKey }: Key, passphrase: string): string {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32), nonce);
  const sealed = Buffer.concat([cipher.update(privateKey, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  const base64 = (bytes: Buffer) => bytes.toString('base64');
  return JSON.stringify({ publicKey, salt: base64(salt), nonce: base64(nonce), sealed: base64(sealed) });
}

function unseal(text: string, passphrase: string): Key {
  const { publicKey, ...rest } = KeyFile.parse(JSON.parse(text));
  const [salt, nonce, sealed] = [rest.salt, rest.nonce, rest.sealed].map((one) => Buffer.from(one, 'base64'));
  if (!salt || !nonce || !sealed) throw new Error('bad key file');
  const cipher = createDecipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32), nonce);
  cipher.setAuthTag(sealed.subarray(-16));
  const privateKey = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]).toString('utf8');
  return { publicKey, privateKey };
}

/** PEM SubjectPublicKeyInfo of an uncompressed point in hex. */
function spkiPem(publicKey: string): string {
  const der = sequence(sequence(oid(OID_EC_PUBLIC_KEY), oid(OID_SM2)), bits(fromHex(publicKey)));
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n`;
}
