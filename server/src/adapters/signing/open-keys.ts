import { type KeyStore, openKeyStore } from './key-store.ts';
import { openTokenStore } from './pkcs11-store.ts';
import type { TokenOptions } from './pkcs11-token.ts';

/** The lasting keys of one folder: encrypted files, or a token's with only the certificates in files. */
export const openKeys = ({
  token,
  ...files
}: {
  dir: string;
  passphrase: string;
  token?: TokenOptions;
}): Promise<KeyStore> => (token ? openTokenStore({ ...token, dir: files.dir }) : openKeyStore(files));

/** The token that the operator named, if any. */
export function tokenOf(config: {
  PKCS11_MODULE?: string | undefined;
  PKCS11_TOKEN?: string | undefined;
  PKCS11_PIN?: string | undefined;
}): { token?: TokenOptions } {
  const { PKCS11_MODULE: module, PKCS11_TOKEN: label, PKCS11_PIN: pin } = config;
  return module && label && pin ? { token: { module, label, pin } } : {};
}
