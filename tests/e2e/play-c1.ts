import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { Running } from '../../server/src/start.ts';
import { withCheckDigit } from '../factories/case.ts';
import { launchBrowser, openContext } from '../setup/browser.ts';
import { applyTogether } from './scenario/confirmation.ts';
import { demoDates, seedCaseNumber } from './scenario/demo-dates.ts';
import { evidenceReport } from './scenario/evidence.ts';
import { showPaper } from './scenario/exhibit.ts';
import { handOver as handOverTo } from './scenario/hand-over.ts';
import { checkIdentities, readNoticesAndOpen, tryDevicesAndWait } from './scenario/opening.ts';
import { privateTalk } from './scenario/private-talk.ts';
import { confirmTheRecord, talkOnRecord } from './scenario/record.ts';
import { sealRecording, startRecording } from './scenario/recording.ts';

const SLOW = 60_000;

export type Report = {
  caseId: string;
  caseNumber: string;
  sha256: string;
  signatures: { field: string; role: string; name: string }[];
  seats: string[];
  framesDecodedPerSeat: Record<string, number>;
  timingsMs: Record<string, number>;
  /** What 陈阿根 at the station has before him: characters of the text, taps, questions; and how long the pages take. */
  stationSigning: Burden;
  /** How often the station's screen was handed over, and what of the director was still on it. */
  handOvers: number;
  leftOnScreen: string[];
  /** How often a name was written again after it was seen back. */
  redone: number;
};
export type Burden = { characters: number; taps: number; questions: number; pagesMs: number };
type SignedAs = Omit<Burden, 'pagesMs'> & { redone: number };

type Options = {
  out: string;
  say: (text: string) => void;
  beforeSealing?: () => Promise<void>;
  onPage?: (name: string, page: Page) => Promise<void>;
};

/** Plays demo case C1 through the real pages: five browsers, real video, five signatures. */
export async function playC1(app: Running, { out, say, onPage }: Options): Promise<Report> {
  await mkdir(out, { recursive: true });
  const { browser, close } = await launchBrowser();
  const faults: string[] = [];
  const contexts: BrowserContext[] = [];
  const timings: Record<string, number> = {};
  let shots = 0;
  let lookedMs = 0;
  let handOvers = 0;
  const leftOnScreen: string[] = [];
  let redone = 0;
  const open = async (screen: 'station' | 'laptop' | 'phone'): Promise<Page> => {
    const context = await openContext(browser, { screen, baseURL: app.url });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(SLOW);
    if (process.env.TONGXI_CONSOLE)
      page.on('console', (message) =>
        say(`${contexts.length} ${message.type()}: ${message.text().slice(0, 300)}`),
      );
    page.on('pageerror', (error) => faults.push(`${screen}: ${error.message}`));
    return page;
  };
  const shot = async (page: Page, name: string) => {
    const started = performance.now();
    shots += 1;
    await page.screenshot({ path: join(out, `${String(shots).padStart(2, '0')}-${name}.png`) });
    await onPage?.(name, page);
    lookedMs += performance.now() - started;
  };
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    say(`· ${name}`);
    try {
      return await work();
    } finally {
      timings[name] = Math.round(performance.now() - started);
    }
  };
  try {
    const [station, mediator, judge, phone, sealHolder] = [
      await open('station'),
      await open('laptop'),
      await open('laptop'),
      await open('phone'),
      await open('laptop'),
    ];
    const people = { station, mediator, judge, phone, sealHolder };

    await timed('sign-in', async () => {
      await station.goto('/');
      await station.getByRole('button', { name: /站点/ }).first().click();
      await station.getByText('方慧', { exact: true }).first().click();
      await station.getByRole('button', { name: '获取验证码' }).click();
      await shot(station, 'station-sign-in');
      await station.getByLabel(/验证码/).fill(await newestCode(station, 'code'));
      await station.locator('#station-code button[type=submit]').click();
      await station.getByRole('button', { name: '登记新纠纷' }).waitFor();
      await signIn(mediator, 'zhaosuqin');
      await signIn(judge, 'linyiming');
      await signIn(sealHolder, 'shenguoqiang');
    });
    await shot(station, 'station-home');

    const dates = demoDates(app);
    dates.on(-6);
    await seedCaseNumber(app);
    const caseId = await timed('intake', async () => {
      await station.getByRole('button', { name: '登记新纠纷' }).click();
      await fillIntake(station);
      await shot(station, 'intake');
      await station.getByRole('button', { name: '登记', exact: true }).click();
      await station.waitForURL(/\/cases\/[0-9a-f-]{36}/);
      return station.url().split('/').at(-1) ?? '';
    });

    dates.on(-5);
    await timed('preparation', async () => {
      await station.getByLabel('调解员').selectOption({ label: '赵素琴' });
      await shot(station, 'case-choose-mediator');
      await station.getByRole('button', { name: '请他调解' }).click();
      await mediator.getByRole('button', { name: '答复是否接受' }).click();
      await mediator.getByText('与双方无利害关系').click();
      await shot(mediator, 'mediator-disclosure');
      await mediator.getByRole('button', { name: '接受调解' }).click();
      await station.getByRole('button', { name: '安排并通知' }).click();
      await station.getByRole('heading', { name: '调解安排' }).waitFor();
      await consentFor(station, '陈阿根');
      await shot(station, 'case-prepared');
    });
    dates.on(0);

    await timed('party joins', async () => {
      await phone.goto(await newestLink(station));
      await phone.getByText(/本人/).first().click();
      await shot(phone, 'phone-invitation');
      await phone.getByRole('button', { name: /获取验证码/ }).click();
      await phone.getByText(/验证码已发到/).waitFor();
      await phone.getByLabel(/验证码/).fill(await newestCode(station, 'code'));
      await phone.getByRole('button', { name: '确认', exact: true }).click();
      await agreeAll(phone);
      await shot(phone, 'phone-device-check');
      await tryDevicesAndWait(phone);
      await phone.getByRole('heading', { name: '请稍候' }).waitFor();
    });
    await shot(phone, 'phone-lobby');

    await timed('checking', async () => {
      await mediator.goto(`/cases/${caseId}`);
      await mediator.getByRole('button', { name: '进入调解室' }).first().click();
      await mediator.getByRole('button', { name: '开始核对' }).click();
      await station.getByRole('button', { name: '进入调解室' }).first().click();
      await station.getByRole('button', { name: '＋ 有人到场' }).click();
      await station.getByRole('dialog').getByRole('button', { name: '陈阿根' }).click();
      await mediator.locator('[data-seat-row=PARTY]').getByRole('button', { name: '请进' }).click();
      await mediator.locator('[data-seat-row=PARTY]').getByRole('button', { name: '与他核对' }).click();
      await mediator.locator('figure[data-seat-kind=PARTY] video').waitFor();
      await checkIdentities(station, mediator, ['陈阿根', '周建波']);
      await shot(station, 'room-checking');
      await readNoticesAndOpen(mediator);
    });

    await timed('recording starts', () => startRecording(people, shot));

    await timed('judge on call', async () => {
      await station.getByRole('button', { name: '连线法官' }).click();
      await station.getByLabel('用一句话说明要问什么').fill('漏水修复期限和赔款可以写在同一份协议里吗？');
      await station.getByRole('dialog').getByRole('button', { name: '连线法官' }).click();
      // The bell on every page and the inbox both offer it.
      await judge.getByRole('button', { name: '加入' }).first().waitFor();
      await shot(judge, 'judge-inbox');
      await judge.getByRole('button', { name: '加入' }).first().click();
      await judge.locator('video[data-local=false]').first().waitFor();
    });

    const framesDecodedPerSeat = await timed('video', async () => {
      const frames = await framesOf({ station, mediator, judge, phone });
      await shot(station, 'room-station');
      await shot(judge, 'room-judge');
      await shot(phone, 'room-phone');
      return frames;
    });
    // The question is answered; other stations wait.
    await judge.getByRole('button', { name: '离开', exact: true }).click();

    await timed('record', () => talkOnRecord(people, shot));
    await timed('exhibit', () => showPaper(people, shot));
    await timed('private talk', () => privateTalk(people, shot));

    await timed('draft', async () => {
      await writeDraft(mediator);
      await shot(mediator, 'draft');
      await showsDraftOf(caseId, mediator, phone);
      await phone.getByRole('button', { name: '我同意这个文本' }).click();
      await phone.getByText('您已同意这个文本').waitFor();
      await shot(phone, 'phone-agree');
      await station
        .getByRole('button', { name: /陈阿根/ })
        .last()
        .waitFor();
      await handOver(station, async () => {
        await station.getByRole('button', { name: '我同意这个文本' }).click();
        await station.getByText('您已同意这个文本').waitFor();
        await shot(station, 'station-handed-over-draft');
      });
      await connected(mediator, ['STATION', 'PARTY']);
      await mediator.getByRole('button', { name: '定稿，开始签署' }).click();
      await mediator.getByRole('dialog').getByRole('button', { name: '确认' }).click();
      await mediator.getByRole('heading', { name: '签署情况' }).waitFor();
    });

    await timed('party signs', async () => {
      const signed = await signFlow(phone, shot, 'phone', () => newestCode(mediator, 'signing-code'));
      redone = signed.redone;
    });
    const stationSigning: Burden = { characters: 0, taps: 0, questions: 0, pagesMs: 0 };
    await timed('party signs at the station', async () => {
      const [started, looked] = [performance.now(), lookedMs];
      await handOver(station, async () => {
        const ask = () => askInPanel(mediator, '陈阿根', shot);
        const { characters, taps, questions } = await signFlow(station, shot, 'station', null, ask);
        Object.assign(stationSigning, { characters, taps, questions });
      });
      stationSigning.pagesMs = Math.round(performance.now() - started - (lookedMs - looked));
    });
    await timed('mediator and recorder sign', async () => {
      await signInPanel(mediator, '以人民调解员身份签名');
      await signInPanel(station, '以记录人身份签名');
    });
    await timed('seal', async () => {
      await sealHolder.goto('/');
      await sealHolder.getByRole('button', { name: '盖章' }).click();
      await sealHolder.getByRole('button', { name: '盖章', exact: true }).click();
      await sealHolder.getByRole('button', { name: '确认盖章' }).click();
      await sealHolder.locator('[data-sealed]').waitFor();
      await sealHolder.locator('img.paper').first().waitFor();
    });
    await shot(sealHolder, 'sealed');
    await phone.locator('[data-sealed]').waitFor();
    await shot(phone, 'phone-sealed');
    await timed('record confirmed', () => confirmTheRecord(people, { out, shot, handOver }));

    await timed('applied together', () =>
      applyTogether(people, {
        out,
        caseId,
        shot,
        handOver,
        // The same pages as for the agreement, seen there already.
        sign: (page, who) =>
          signFlow(
            page,
            async () => undefined,
            who,
            page === phone ? () => newestCode(mediator, 'signing-code') : null,
          ),
      }),
    );

    const bytes = await timed('download', async () => {
      const answer = await phone.request.get(`/api/cases/${caseId}/agreement.pdf?as=party`);
      return Buffer.from(await answer.body());
    });
    await writeFile(join(out, 'agreement.pdf'), bytes);
    await timed('evidence', () => evidenceReport(mediator, { caseId, out }));
    await timed('recording sealed', () => sealRecording(mediator, { caseId, out, shot }));
    await writeFile(join(out, 'trust.pem'), app.deps.signing.trustPem());
    await judge.goto('/verify');
    await judge.getByLabel('选择 PDF 文件').setInputFiles(join(out, 'agreement.pdf'));
    await judge.locator('[data-verdict=genuine]').waitFor();
    await shot(judge, 'verify');
    if (faults.length > 0) throw new Error(`pages failed: ${faults.join('; ')}`);

    const verified = await app.deps.signing.verify(bytes);
    const report: Report = {
      caseId,
      caseNumber: verified.manifest?.caseNumber ?? '',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      signatures: verified.signatures
        .filter((s) => s.role !== 'platform')
        .map(({ field, role, name }) => ({ field, role, name })),
      seats: Object.keys(framesDecodedPerSeat),
      framesDecodedPerSeat,
      timingsMs: timings,
      stationSigning,
      handOvers,
      leftOnScreen,
      redone,
    };
    await writeFile(join(out, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
    return report;

    async function handOver(page: Page, work: () => Promise<void>): Promise<void> {
      await handOverTo(page, '陈阿根', async () => {
        handOvers += 1;
        const visible = (await page.locator('body').textContent()) ?? '';
        leftOnScreen.push(
          ...['登记新纠纷', '连线法官', '有人到场', '单独交谈'].filter((word) => visible.includes(word)),
        );
        await work();
      });
    }
  } catch (error) {
    for (const [i, context] of contexts.entries()) {
      for (const page of context.pages())
        await page.screenshot({ path: join(out, `failed-${i}.png`) }).catch(() => undefined);
    }
    throw faults.length > 0 ? new Error(`${String(error)}\npages failed: ${faults.join('; ')}`) : error;
  } finally {
    await close();
  }
}

/** Waits until the server knows that these seats are really connected (agreeing and freezing need it). */
async function connected(page: Page, kinds: string[]): Promise<void> {
  const sessionId = page.url().split('/').at(-1);
  const until = Date.now() + SLOW;
  while (Date.now() < until) {
    const answer = await page.request.get(`/api/sessions/${sessionId}`);
    const { seats } = (await answer.json()) as { seats: { kind: string; connected: boolean }[] };
    if (kinds.every((kind) => seats.some((s) => s.kind === kind && s.connected))) return;
    await page.waitForTimeout(200);
  }
  throw new Error(`not connected: ${kinds.join(', ')}`);
}

/** The demo's outbox, as its own page reads it. */
async function outbox(
  page: Page,
): Promise<{ template: string; values: Record<string, string>; at: string }[]> {
  const answer = await page.request.get('/api/demo/sms');
  return (await answer.json()) as { template: string; values: Record<string, string>; at: string }[];
}

async function newest(page: Page, template: string, key: string): Promise<string> {
  const until = Date.now() + SLOW;
  const since = Date.now() - 5000;
  while (Date.now() < until) {
    const found = (await outbox(page)).find(
      (m) => m.template === template && Date.parse(m.at) >= since - 30_000,
    );
    if (found?.values[key]) return found.values[key];
    await page.waitForTimeout(200);
  }
  throw new Error(`no message ${template}`);
}
const newestCode = (page: Page, template: 'code' | 'signing-code') => newest(page, template, 'code');
const newestLink = (page: Page) => newest(page, 'invitation', 'link');

async function signIn(page: Page, login: string): Promise<void> {
  await page.goto('/');
  await page.locator(`[data-login=${login}] button`).click();
  await page.getByRole('button', { name: '下一步' }).click();
  await page.locator('input[autocomplete=one-time-code]').waitFor();
  const answer = await page.request.get('/api/demo/people');
  const people = (await answer.json()) as { login: string; totp: string }[];
  await page
    .locator('input[autocomplete=one-time-code]')
    .fill(people.find((p) => p.login === login)?.totp ?? '');
  await page.locator('form button[type=submit]').click();
  await page.getByRole('button', { name: '退出' }).waitFor();
  await page.getByRole('heading', { level: 1 }).waitFor();
}

async function fillIntake(page: Page): Promise<void> {
  const party = (n: number) => page.locator('section.card').nth(n);
  const person = async (
    n: number,
    values: { name: string; id: string; phone?: string; occupation: string; address: string },
  ) => {
    const card = party(n);
    await card.getByLabel('姓名或名称').fill(values.name);
    await card.getByLabel('公民身份号码').fill(values.id);
    if (values.phone) await card.getByLabel('手机号码').fill(values.phone);
    else await card.getByText('没有手机，到站点参加').click();
    await card.getByText('更多信息').click();
    await card.getByLabel('职业').fill(values.occupation);
    await card.getByLabel('住址').fill(values.address);
  };
  await person(0, {
    name: '陈阿根',
    id: withCheckDigit('33029919580115001'),
    occupation: '农民',
    address: '明州区云桥镇禾岸村3组12号',
  });
  await person(1, {
    name: '周建波',
    id: withCheckDigit('33029919830620003'),
    phone: '13911112222',
    occupation: '个体',
    address: '明州区云桥镇禾岸村3组5号',
  });
  await page.getByLabel('事情经过').fill('周建波二楼卫生间渗漏，致陈阿根一楼厨房顶面和墙面受损。');
  await page.getByLabel('要求是什么').fill('修复防水，赔偿损失。');
}

async function agreeAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: /其余 .* 项都同意/ }).click();
  await page.getByRole('button', { name: '确认我的选择' }).click();
}

async function consentFor(page: Page, name: string): Promise<void> {
  await page.getByRole('region', { name }).getByRole('button', { name: '告知与同意书' }).click();
  await agreeAll(page);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

const day = (plus: number): string =>
  new Date(Date.now() + 8 * 3600_000 + plus * 86_400_000).toISOString().slice(0, 10);

/** C1's terms with its intervals: 7 days to repair, 21 days for the rest of the money. */
async function writeDraft(page: Page): Promise<void> {
  await page
    .getByLabel('纠纷主要事实')
    .fill('周建波二楼卫生间渗漏，致陈阿根一楼厨房顶面和墙面受损，双方对漏水原因和损失金额有争议。');
  await page.getByRole('button', { name: '＋ 做某事' }).click();
  const act = page.getByRole('region', { name: '第 1 条' });
  await act.getByLabel('谁做').selectOption({ label: '周建波' });
  await act.getByLabel('做什么').fill('修复二楼卫生间防水');
  await act.getByLabel('期限').fill(day(7));
  await act.getByLabel('怎样算合格').fill('经48小时闭水试验楼下无渗漏');
  await act.getByLabel('谁验收').fill('双方到场');
  await act.getByLabel('费用谁承担').fill('周建波');
  await page.getByRole('button', { name: '＋ 付款' }).click();
  const pay = page.getByRole('region', { name: '第 2 条' });
  await pay.getByLabel('谁付').selectOption({ label: '周建波' });
  await pay.getByLabel('付给谁').selectOption({ label: '陈阿根' });
  await pay.getByLabel(/为什么付/).fill('赔偿陈阿根');
  await pay.getByLabel('总金额（元）').fill('4800');
  await pay.getByLabel('户名').fill('陈阿根');
  await pay.getByLabel('开户行').fill('云桥农商银行禾岸支行');
  await pay.getByLabel('账号').fill('6230580000001234567');
  await pay.getByRole('button', { name: '＋ 一期' }).click();
  await pay.getByLabel('第 1 期金额（元）').fill('2000');
  await pay.getByText('当场收到').click();
  await pay.getByRole('button', { name: '＋ 一期' }).click();
  await pay.getByLabel('最晚日期').nth(1).fill(day(21));
  await page.getByRole('button', { name: '＋ 互不追究' }).click();
  await page.getByRole('region', { name: '第 3 条' }).getByLabel('内容').fill('其余互不追究');
  await page.getByText('已保存').waitFor();
}

/** A party agrees to what it has read: its screen shows the text as the mediator's last change left it. */
async function showsDraftOf(caseId: string, mediator: Page, reader: Page): Promise<void> {
  const answer = await mediator.request.get(`/api/cases/${caseId}/draft`);
  const { contentSha256 } = (await answer.json()) as { contentSha256: string };
  await reader.locator(`[data-content-sha256="${contentSha256}"]`).waitFor();
}

/**
 * Reads, answers (at the station the mediator asks aloud), writes, sees it back, gives the code (or is present), says no to
 * the photo, signs.
 */
async function signFlow(
  page: Page,
  shot: (page: Page, name: string) => Promise<void>,
  who: string,
  code: (() => Promise<string>) | null,
  askAloud?: () => Promise<void>,
): Promise<SignedAs> {
  const text = page.getByRole('region', { name: '看协议全文' });
  const characters = ((await text.textContent()) ?? '').length;
  await text.evaluate((el) => el.scrollTo(0, el.scrollHeight));
  await shot(page, `${who}-read`);
  await page.evaluate(countTaps);
  await page.getByRole('button', { name: '我看完了' }).click();
  if (askAloud) {
    await page.getByText('调解员记下您的回答后').waitFor();
    await shot(page, `${who}-questions`);
    await askAloud();
  } else {
    for (const answer of ['都明白', '是自愿的', '没有人逼我'])
      await page.getByText(answer, { exact: true }).click();
    await shot(page, `${who}-questions`);
    await page.getByRole('button', { name: '下一步' }).click();
  }
  // On the phone the first try is not liked, and written again.
  let redone = 0;
  if (code) {
    await strokeName(page);
    await page.getByRole('button', { name: '写好了' }).click();
    await page.getByRole('img', { name: /的手写签名/ }).waitFor();
    await page.getByRole('button', { name: '重写' }).click();
    redone += 1;
  }
  await writeName(page, (name) => shot(page, `${who}-${name}`));
  if (code) {
    await page.getByRole('button', { name: '发送验证码' }).click();
    await page.getByLabel('六位验证码').waitFor();
    await page.getByLabel('六位验证码').fill(await code());
    await page.getByRole('button', { name: '下一步' }).click();
  } else await page.getByRole('button', { name: '是我本人' }).click();
  await page.getByRole('button', { name: '不拍，继续' }).waitFor();
  await shot(page, `${who}-photo`);
  await page.getByRole('button', { name: '不拍，继续' }).click();
  await page.getByRole('button', { name: '确认签名' }).waitFor();
  await shot(page, `${who}-sign`);
  await page.getByRole('button', { name: '确认签名' }).click();
  await page.locator('[data-signing-step]').waitFor({ state: 'detached' });
  await shot(page, `${who}-signed`);
  return { characters, taps: await page.evaluate<number>('window.taps'), questions: 3, redone };
}

/** The mediator asks the signer at the station alone, over the picture. */
async function askInPanel(
  page: Page,
  name: string,
  shot: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  await page.getByRole('button', { name: `单独问${name}三个问题` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('用什么话读的').selectOption('宁波话');
  await dialog.getByText('其他人听不到').click();
  for (const answer of ['都明白', '是自愿的', '没有人逼我'])
    await dialog.getByText(answer, { exact: true }).click();
  await shot(page, 'mediator-asks-aloud');
  await dialog.getByRole('button', { name: '按本人回答记录' }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function signInPanel(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('region', { name: '看协议全文' }).evaluate((el) => el.scrollTo(0, el.scrollHeight));
  await dialog.getByRole('button', { name: '我看完了' }).click();
  await writeName(page);
  await dialog.getByRole('button', { name: '确认签名' }).click();
  await dialog.getByText('您已签好').waitFor();
  await dialog.getByRole('button', { name: '好的' }).click();
}

/** Handwriting with the pointer: strokes that turn back, as a hand does; then it is seen back and accepted. */
async function writeName(page: Page, shot?: (name: string) => Promise<void>): Promise<void> {
  await strokeName(page);
  await shot?.('ink');
  await page.getByRole('button', { name: '写好了' }).click();
  await page.getByRole('img', { name: /的手写签名/ }).waitFor();
  await shot?.('shown-back');
  await page.getByRole('button', { name: '看得清，就用它' }).click();
}

async function strokeName(page: Page): Promise<void> {
  const pad = page.getByRole('img', { name: '手写签名框' });
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error('no signature pad');
  const at = (x: number, y: number): [number, number] => [box.x + x * box.width, box.y + y * box.height];
  for (let stroke = 0; stroke < 3; stroke += 1) {
    const left = 0.15 + stroke * 0.25;
    await page.mouse.move(...at(left, 0.3));
    await page.mouse.down();
    for (let i = 1; i <= 14; i += 1) {
      const turn = 0.05 * Math.sin(i / 1.3 + stroke);
      await page.mouse.move(
        ...at(left + 0.012 * i + turn, 0.3 + 0.35 * Math.abs(Math.sin(i / 2.2 + stroke))),
      );
    }
    await page.mouse.up();
  }
}

/** Run inside the page: counts taps on buttons from here on. */
const countTaps =
  "window.taps = 0; addEventListener('click', (e) => { if (e.target.closest('button')) window.taps += 1; }, true)";

/** Run inside the page: frames decoded of everybody else's picture. */
const decodedFrames = `[...document.querySelectorAll('video[data-local=false]')].reduce((sum, v) => sum + v.getVideoPlaybackQuality().totalVideoFrames, 0)`;

/** Frames that each seat's browser decoded of the others, read from its own video elements. */
async function framesOf(pages: Record<string, Page>): Promise<Record<string, number>> {
  const frames: Record<string, number> = {};
  for (const [name, page] of Object.entries(pages)) {
    await page.waitForFunction(`${decodedFrames} > 10`, undefined, { timeout: 30_000 });
    frames[name] = await page.evaluate<number>(decodedFrames);
  }
  return frames;
}
