import { describe, expect, test } from 'vitest';
import { demoExposureFaults, readConfig } from './config.ts';
import { givenSecrets } from './embedded/secrets.ts';

describe('configuration', () => {
  test('everything is optional', () => {
    const { config, faults } = readConfig({}, []);
    expect(faults).toEqual([]);
    expect(config).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', DATA_DIR: '.local', SEED: 'demo' });
  });

  test('each fault has one clear line of its own and repeats no value', () => {
    const { faults } = readConfig(
      {
        PORT: 'abc',
        LIVEKIT_API_SECRET: 'short-secret',
        SEED: 'maybe',
        DATABASE_URL: 'mysql://root:pw@db/x',
      },
      ['--nonsense'],
    );
    expect(faults).toEqual([
      '--nonsense: unknown option (--help lists them)',
      'PORT: needs a number',
      'DATABASE_URL: needs an address such as postgresql://user:password@host:5432/name',
      'LIVEKIT_API_SECRET: needs at least 32 characters',
      'SEED: needs to be one of demo, none',
      'LIVEKIT_URL, LIVEKIT_API_KEY: needed together with LIVEKIT_API_SECRET',
    ]);
  });

  test('a number out of its range is told the range, not that it is no number', () => {
    expect(readConfig({ PORT: '99999', REQUESTS_PER_MINUTE: '1' }, []).faults).toEqual([
      'PORT: needs 0 to 65535',
      'REQUESTS_PER_MINUTE: needs at least 60',
    ]);
  });

  test('an empty variable counts as unset', () => {
    const { config, faults } = readConfig({ PORT: '', SEED: '', LIVEKIT_URL: '', HOST: '' }, []);
    expect(faults).toEqual([]);
    expect(config).toMatchObject({ PORT: 3000, SEED: 'demo', HOST: '127.0.0.1' });
    expect(config.LIVEKIT_URL).toBeUndefined();
  });

  test.each([
    [{ S3_ENDPOINT: 'https://s3.example.org' }, 'S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY'],
    [{ OIDC_CLIENT_ID: 'tongxi' }, 'OIDC_ISSUER'],
    [
      { SMS_ALIYUN_SIGN_NAME: 'x', SMS_ALIYUN_TEMPLATES: 'code=1' },
      'SMS_ALIYUN_ACCESS_KEY_ID, SMS_ALIYUN_ACCESS_KEY_SECRET',
    ],
  ])('half a service is a fault: %o', (env, missing) => {
    expect(readConfig(env, []).faults).toEqual([
      `${missing}: needed together with ${Object.keys(env).join(', ')}`,
    ]);
  });

  test('a recogniser: its token needs its address, and production no open road for what is said', () => {
    const faults = (url: string, more: NodeJS.ProcessEnv = {}) =>
      readConfig({ TRANSCRIBER_URL: url, ...more }, []).faults.filter((line) =>
        line.startsWith('TRANSCRIBER'),
      );
    expect(readConfig({ TRANSCRIBER_TOKEN: 'x' }, []).faults).toEqual([
      'TRANSCRIBER_TOKEN: needs TRANSCRIBER_URL, the recogniser whose token it is',
    ]);
    expect(faults('http://asr.example.org/v1')).toEqual([]);
    const production = { NODE_ENV: 'production' };
    expect(faults('http://asr.example.org/v1', production)).toHaveLength(1);
    for (const url of ['https://asr.example.org/v1', 'http://10.1.2.3/v1', 'http://127.0.0.1:9000/'])
      expect(faults(url, production)).toEqual([]);
  });

  test('production refuses an offset clock, demo data and generated infrastructure', () => {
    const { faults } = readConfig({ NODE_ENV: 'production', DOMAIN_CLOCK_OFFSET_MS: '5' }, []);
    expect(faults.map((f) => f.split(':')[0])).toEqual([
      'DOMAIN_CLOCK_OFFSET_MS',
      'SEED',
      'DATABASE_URL',
      'DATABASE_APP_URL',
      'TOKEN_KEY',
      'FIELD_KEY',
      'INDEX_KEY',
      'AUTHORITY_PASSPHRASE',
      'LIVEKIT_URL',
      'PUBLIC_URL',
    ]);
  });

  test('a key is 32 bytes, a proxy an address or a network', () => {
    const { faults } = readConfig({ TOKEN_KEY: 'c2hvcnQ=', TRUSTED_PROXIES: '10.0.0.0/8, proxy' }, []);
    expect(faults).toEqual([
      expect.stringMatching(/^TOKEN_KEY: needs 32 bytes/),
      'TRUSTED_PROXIES: proxy is no address and no network',
    ]);
    expect(readConfig({ TRUSTED_PROXIES: '10.0.0.0/8, proxy' }, []).faults).toEqual([
      'TRUSTED_PROXIES: proxy is no address and no network',
    ]);
  });

  test('secrets are given together or generated together', () => {
    const key = Buffer.alloc(32).toString('base64');
    const own = { TOKEN_KEY: key, FIELD_KEY: key, INDEX_KEY: key, AUTHORITY_PASSPHRASE: 'p'.repeat(24) };
    const of = (env: Record<string, string>) => givenSecrets(readConfig(env, []).config);
    expect(of({})).toBeNull();
    expect(() => of({ TOKEN_KEY: key })).toThrow(/all four or none/);
    expect(() => of(own)).toThrow(/servers of your own/);
    const servers = {
      DATABASE_URL: 'postgresql://o:p@db/x',
      DATABASE_APP_URL: 'postgresql://s:p@db/x',
      LIVEKIT_URL: 'wss://video.example',
    };
    expect(of({ ...own, ...servers })).toMatchObject({ fieldKey: key, databasePassword: '' });
  });

  test.each([
    [{ HOST: '0.0.0.0' }, [], 1],
    [{ HOST: '0.0.0.0' }, ['--lan'], 0],
    [{ PUBLIC_URL: 'https://court.example' }, [], 1],
    [{ PUBLIC_URL: 'https://court.example' }, ['--lan'], 1],
    [{ PUBLIC_URL: 'https://192.168.1.5:3000' }, [], 1],
    [{ PUBLIC_URL: 'https://192.168.1.5:3000' }, ['--lan'], 0],
    [{ PUBLIC_URL: 'https://172.32.0.1' }, ['--lan'], 1],
    [{ DATABASE_URL: 'postgresql://x@db/y' }, [], 1],
    [{ HOST: '0.0.0.0', DATABASE_URL: 'postgresql://x@db/y' }, ['--expose-demo'], 0],
    [{ HOST: '127.0.0.1', PUBLIC_URL: 'http://localhost:3000' }, [], 0],
  ])('a demo database with %o %o has %i faults', (env, args, count) => {
    const { config } = readConfig(env, args);
    expect(demoExposureFaults({ demo: true, config })).toHaveLength(count);
    expect(demoExposureFaults({ demo: false, config })).toEqual([]);
  });
});
