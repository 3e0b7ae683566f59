import { describe, expect, test } from 'vitest';
import { demoExposureFaults, readConfig } from './config.ts';

describe('configuration', () => {
  test('everything is optional', () => {
    const { config, faults } = readConfig({}, []);
    expect(faults).toEqual([]);
    expect(config).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', DATA_DIR: '.local', SEED: 'demo' });
  });

  test('each fault has its own line', () => {
    const { faults } = readConfig({ PORT: '99999', LIVEKIT_API_SECRET: 'short', SEED: 'maybe' }, [
      '--nonsense',
    ]);
    expect(faults).toHaveLength(4);
    expect(faults.join('\n')).toMatch(
      /--nonsense[\s\S]*PORT[\s\S]*LIVEKIT_API_SECRET[\s\S]*SEED|PORT[\s\S]*SEED/,
    );
  });

  test('production refuses an offset clock, demo data and generated infrastructure', () => {
    const { faults } = readConfig({ NODE_ENV: 'production', DOMAIN_CLOCK_OFFSET_MS: '5' }, []);
    expect(faults.map((f) => f.split(':')[0])).toEqual([
      'DOMAIN_CLOCK_OFFSET_MS',
      'SEED',
      'DATABASE_URL',
      'LIVEKIT_URL',
      'PUBLIC_URL',
    ]);
  });

  test.each([
    [{ HOST: '0.0.0.0' }, [], 1],
    [{ HOST: '0.0.0.0' }, ['--lan'], 0],
    [{ PUBLIC_URL: 'https://court.example' }, [], 1],
    [{ DATABASE_URL: 'postgresql://x@db/y' }, [], 1],
    [{ HOST: '0.0.0.0', DATABASE_URL: 'postgresql://x@db/y' }, ['--expose-demo'], 0],
    [{ HOST: '127.0.0.1', PUBLIC_URL: 'http://localhost:3000' }, [], 0],
  ])('a demo database with %o %o has %i faults', (env, args, count) => {
    const { config } = readConfig(env, args);
    expect(demoExposureFaults({ demo: true, config })).toHaveLength(count);
    expect(demoExposureFaults({ demo: false, config })).toEqual([]);
  });
});
