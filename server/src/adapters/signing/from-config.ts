import { readFile } from 'node:fs/promises';
import type { Config } from '../../config.ts';
import { builtInAcknowledgement } from '../../contract/vouching.ts';
import { systemClockState } from '../clock-state.ts';
import { readRoots } from './certificate-path.ts';
import { externalCa } from './external-ca.ts';
import { tokenOf } from './open-keys.ts';
import type { SigningOptions } from './open-signing.ts';
import { readSealMakers } from './registered-seal.ts';

type Chosen = Pick<
  SigningOptions,
  | 'vouching'
  | 'certificates'
  | 'sm2'
  | 'sealMakers'
  | 'timestampAuthorities'
  | 'clock'
  | 'publicUrl'
  | 'root'
  | 'token'
>;

/**
 * What the operator chose about signatures: who vouches, which time, which authority. A demonstration always has the
 * built-in authority and says so. One line per fault; without a choice nothing is signed electronically.
 */
export async function signingChoice(
  config: Config,
  facts: { demo: boolean; publicUrl: string },
): Promise<{ options: Chosen; faults: string[] }> {
  const faults: string[] = [];
  const roots = async (setting: 'TIMESTAMP_ROOTS' | 'SIGNING_CA_ROOTS'): Promise<Uint8Array[]> => {
    try {
      const found = readRoots(await readFile(config[setting] ?? '', 'utf8'));
      if (found.length === 0) throw new Error('no certificate in it');
      return found;
    } catch (error) {
      faults.push(`${setting}: ${error instanceof Error ? error.message : 'not readable'}`);
      return [];
    }
  };
  const makers = async (): Promise<Uint8Array[]> => {
    if (!config.SEAL_MAKERS) return [];
    try {
      return readSealMakers(await readFile(config.SEAL_MAKERS, 'utf8'));
    } catch (error) {
      faults.push(`SEAL_MAKERS: ${error instanceof Error ? error.message : 'not readable'}`);
      return [];
    }
  };
  const { TIMESTAMP_URL, SIGNING_CA_URL, SIGNING_CA_TOKEN, SIGNING_CA_NAME } = config;
  const { demo, publicUrl } = facts;
  const external = TIMESTAMP_URL ? { urls: TIMESTAMP_URL, roots: await roots('TIMESTAMP_ROOTS') } : null;
  const common: Chosen = {
    publicUrl,
    sm2: config.SM2_EVIDENCE === 'on',
    sealMakers: await makers(),
    root: demo ? 'online' : 'offline',
    ...tokenOf(config),
    ...(external ? { timestampAuthorities: external } : {}),
    // An external source is the better check; a demonstration runs on machines that need none.
    ...(demo || external ? {} : { clock: systemClockState() }),
  };
  if (demo) return { options: common, faults };
  switch (config.SIGNING_AUTHORITY) {
    case undefined:
      return { options: { ...common, vouching: { identity: 'UNCHOSEN', provider: null } }, faults };
    case 'paper':
      return { options: { ...common, vouching: { identity: 'PAPER', provider: null } }, faults };
    case 'built-in':
      if (config.SIGNING_ACKNOWLEDGEMENT !== builtInAcknowledgement || !config.SIGNING_ACKNOWLEDGED_BY)
        faults.push(
          `SIGNING_ACKNOWLEDGEMENT, SIGNING_ACKNOWLEDGED_BY: the built-in authority is not a licensed one (电子签名法 16–18); write “${builtInAcknowledgement}” and who acknowledges it, with office and date`,
        );
      return { options: { ...common, vouching: { identity: 'BUILT_IN', provider: null } }, faults };
    case 'licensed': {
      if (!SIGNING_CA_URL || !SIGNING_CA_TOKEN || !SIGNING_CA_NAME || !config.SIGNING_CA_ROOTS) {
        faults.push(
          'SIGNING_CA_URL, SIGNING_CA_TOKEN, SIGNING_CA_NAME, SIGNING_CA_ROOTS: needed with SIGNING_AUTHORITY=licensed',
        );
        return { options: common, faults };
      }
      const certificates = externalCa({
        url: SIGNING_CA_URL,
        token: SIGNING_CA_TOKEN,
        provider: SIGNING_CA_NAME,
        roots: await roots('SIGNING_CA_ROOTS'),
      });
      const vouching = { identity: 'LICENSED', provider: SIGNING_CA_NAME } as const;
      return { options: { ...common, vouching, certificates }, faults };
    }
  }
}
