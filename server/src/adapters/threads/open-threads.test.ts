import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DomainError } from '../../domain/errors.ts';
import type { Signing } from '../../ports/signing.ts';
import { drawNotice } from '../pdf/notices.ts';
import { drawSample, FIELDS, MANIFEST, openSample } from '../signing/sample-agreement.fixture.ts';
import { openThreads } from './open-threads.ts';

const notice = {
  committeeName: '禾岸村人民调解委员会',
  caseNumber: '（2025）禾岸人调字第12号',
  parties: ['陈阿根', '周建波'],
  date: new Date('2025-03-10T00:00:00Z'),
  demo: true,
};

describe('drawing and signing in threads', () => {
  const threads = openThreads(1);
  let kit: Signing;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ kit, close } = await openSample({ threads }));
  });
  afterAll(async () => {
    await threads.close();
    await close();
  });

  test('a thread draws the same bytes', async () => {
    expect(Buffer.from(await threads.draw('drawNotice', notice))).toEqual(
      Buffer.from(await drawNotice(notice)),
    );
  });

  test('a thread certifies with the key that stays here, and the result holds', async () => {
    const base = await kit.certifyBase({ pdf: await drawSample(), fields: FIELDS, manifest: MANIFEST });
    const report = await kit.verify(base.pdf);
    expect(report).toMatchObject({ verdict: 'incomplete', baseSha256: base.sha256 });
    expect(report.signatures).toMatchObject([{ role: 'platform', ok: true }]);
  });

  test('a refusal comes back with its code and its details', async () => {
    const refused = { code: 'CHARACTER_NOT_DRAWABLE', details: { character: '\u{30000}', code: 'U+30000' } };
    const drawn = threads.draw('drawNotice', { ...notice, parties: ['\u{30000}田'] });
    await expect(drawn).rejects.toBeInstanceOf(DomainError);
    await expect(drawn).rejects.toMatchObject(refused);
    await expect(kit.archive({ head: Buffer.from('no'), revoked: [] })).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    });
  });

  test('an authority’s failure crosses to the thread and back', async () => {
    const stamp = () => Promise.reject(new DomainError('TIME_UNTRUSTED', { reason: 'clock-off' }));
    const late = await openSample({ threads, timestamp: { maxTokenBytes: 4000, stamp } });
    try {
      const input = { pdf: await drawSample(), fields: FIELDS, manifest: MANIFEST };
      await expect(late.kit.certifyBase(input)).rejects.toMatchObject({
        code: 'TIME_UNTRUSTED',
        details: { reason: 'clock-off' },
      });
    } finally {
      await late.close();
    }
  });
});

test('closed threads end, refuse what they had and take nothing more', async () => {
  const threads = openThreads(1);
  const running = threads.draw('drawNotice', notice);
  const outcome = expect(running).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await threads.close();
  await outcome;
  await expect(threads.draw('drawNotice', notice)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});
