import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import {
  certifyRequest,
  installAuthority,
  makeRoots,
  requestAuthority,
  writeRootLists,
} from './adapters/signing/offline-authority.ts';
import { openKeys, tokenOf } from './adapters/signing/open-keys.ts';
import { readConfig } from './config.ts';
import { givenSecrets, loadSecrets } from './embedded/secrets.ts';

const USAGE = `内置签名机构的离线根  The built-in authority's offline roots

在离线机器上 On the offline machine (ROOT_PASSPHRASE encrypts its keys):
  npm run authority -- roots --dir DIR               both roots, their certificates and first lists
  npm run authority -- certify --dir DIR --request FILE --out DIR    a certificate for a request
  npm run authority -- lists --dir DIR [--revoke SERIAL]             new lists, good for 400 days

在服务所在机器上 On the service's machine (keys stay in DATA_DIR/signing, or in the token that PKCS11_MODULE names):
  npm run authority -- request --court ID --name NAME --out DIR      for a court's intermediate
  npm run authority -- request --timestamp --out DIR                 for the built-in time stamp
  npm run authority -- install --from DIR            takes certificates and lists over; no root key is among them
`;

/** `npm run authority`: answers with the exit code; 2 for bad usage. */
export async function runAuthority(
  args: string[],
  env: NodeJS.ProcessEnv,
  out: (text: string) => void,
): Promise<number> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      dir: text,
      request: text,
      out: text,
      from: text,
      court: text,
      name: text,
      revoke: { type: 'string', multiple: true },
      timestamp: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  const say = (files: string[]) => out(files.map((file) => `${file}\n`).join(''));
  const { dir, out: target } = values;
  const passphrase = env.ROOT_PASSPHRASE ?? '';
  switch (positionals[0]) {
    case 'roots':
    case 'lists': {
      if (dir === undefined) break;
      if (passphrase.length < 12) throw new Error('ROOT_PASSPHRASE: needs at least 12 characters');
      const revoked = (values.revoke ?? []).map((serial) => ({
        serial: serial.toLowerCase(),
        at: new Date(),
        reason: 'keyCompromise' as const,
      }));
      say(
        positionals[0] === 'roots'
          ? await makeRoots({ dir, passphrase })
          : await writeRootLists({ dir, passphrase, revoked }),
      );
      return 0;
    }
    case 'certify': {
      if (dir === undefined || target === undefined || values.request === undefined) break;
      const request = await readFile(values.request, 'utf8');
      const { name, pem } = await certifyRequest({ dir, passphrase, request });
      await mkdir(target, { recursive: true });
      await writeFile(join(target, name), pem);
      say([join(target, name)]);
      return 0;
    }
    case 'request': {
      const { court, name } = values;
      if (target === undefined || !(values.timestamp || (court && name))) break;
      const service = await openService(env);
      const wanted =
        court && name ? { court: { courtId: court, courtName: name } } : ({ timestamp: true } as const);
      const request = await requestAuthority(service.store, { ...wanted, publicUrl: service.publicUrl });
      await mkdir(target, { recursive: true });
      await writeFile(join(target, request.name), request.text);
      say([join(target, request.name)]);
      return 0;
    }
    case 'install': {
      if (values.from === undefined) break;
      const service = await openService(env);
      say(await installAuthority(service.store, { from: values.from, dir: service.dir }));
      return 0;
    }
  }
  out(USAGE);
  return values.help ? 0 : 2;
}

/** The service's key directory. It may be running: only files are added. */
async function openService(env: NodeJS.ProcessEnv) {
  const { config, faults } = readConfig(env, []);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  if (!config.PUBLIC_URL) throw new Error('PUBLIC_URL: certificates name the address of their lists');
  const data = resolve(config.DATA_DIR);
  await mkdir(data, { recursive: true, mode: 0o700 });
  const secrets = givenSecrets(config) ?? (await loadSecrets(data));
  const dir = join(data, 'signing');
  const store = await openKeys({ dir, passphrase: secrets.authorityPassphrase, ...tokenOf(config) });
  return { dir, store, publicUrl: config.PUBLIC_URL.replace(/\/$/, '') };
}

if (import.meta.main) {
  process.exitCode = await runAuthority(process.argv.slice(2), process.env, (text) =>
    process.stdout.write(text),
  ).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  });
}
