import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { writeFakeCamera } from './fake-camera.ts';

const require = createRequire(import.meta.url);

const flags = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** A system Chrome where there is one, else the packaged Chromium; Chinese from a packaged font. Fake camera and microphone. */
export async function launchBrowser(
  options: {
    namespace?: string;
    /** Pages that a test answers itself: the browser does not know where they are from, and would keep them from loopback. */
    ownPages?: boolean;
  } = {},
): Promise<{ browser: Browser; marker: string; close(): Promise<void> }> {
  const fonts = await chineseFonts();
  const camera = join(fonts, 'camera.y4m');
  await writeFakeCamera(camera);
  const system = await firstThere([
    '/usr/bin/google-chrome',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
  ]);
  const env = { ...process.env, FONTCONFIG_FILE: join(fonts, 'fonts.conf') } as Record<string, string>;
  let executablePath = system;
  if (!executablePath) {
    const packaged = (await import('@sparticuz/chromium')).default;
    executablePath = await packaged.executablePath();
    // The package unpacks its shared libraries beside the browser.
    env.LD_LIBRARY_PATH = [
      join(tmpdir(), 'al2023', 'lib'),
      join(tmpdir(), 'al2', 'lib'),
      dirname(executablePath),
      env.LD_LIBRARY_PATH ?? '',
    ].join(':');
  }
  if (options.namespace) {
    // In a network of its own: every connection, media too, leaves by that namespace's route.
    const inside = join(fonts, 'browser.sh');
    await writeFile(inside, `#!/bin/sh\nexec ip netns exec ${options.namespace} "${executablePath}" "$@"\n`, {
      mode: 0o700,
    });
    executablePath = inside;
  }
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    args: [
      ...flags,
      `--disable-features=WebRtcHideLocalIpsWithMdns${options.ownPages ? ',LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets' : ''}`,
      `--use-file-for-fake-video-capture=${camera}`,
    ],
    env,
  });
  return {
    browser,
    /** Stands in the command line of this browser's processes and of no other's. */
    marker: camera,
    async close() {
      await browser.close();
      await rm(fonts, { recursive: true, force: true });
    },
  };
}

export const screens = {
  station: { width: 1280, height: 800 },
  laptop: { width: 1280, height: 800 },
  phone: { width: 360, height: 740 },
} as const;

/** One person's browser: screen, language, camera and microphone allowed. */
export async function openContext(
  browser: Browser,
  options: {
    screen: keyof typeof screens;
    baseURL: string;
    locale?: 'zh-CN' | 'en-GB';
    dark?: boolean;
    /** Takes the certificate that this machine made for the local network. */
    ownCertificate?: boolean;
  },
): Promise<BrowserContext> {
  return browser.newContext({
    viewport: screens[options.screen],
    locale: options.locale ?? 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    baseURL: options.baseURL,
    colorScheme: options.dark ? 'dark' : 'light',
    permissions: ['camera', 'microphone'],
    acceptDownloads: true,
    ignoreHTTPSErrors: options.ownCertificate ?? false,
    ...(options.screen === 'phone' ? { hasTouch: true, isMobile: true, deviceScaleFactor: 2 } : {}),
  });
}

/** A person's page at a path, signed in by the cookie; what it waits for may take a minute on a busy machine. */
export async function openPage(
  browser: Browser,
  options: Parameters<typeof openContext>[1] & { path: string; cookie?: Cookie },
): Promise<Page> {
  const { path, cookie, ...screen } = options;
  const context = await openContext(browser, screen);
  if (cookie) await context.addCookies([cookie]);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(path);
  return page;
}
type Cookie = Parameters<BrowserContext['addCookies']>[0][number];

async function firstThere(paths: string[]): Promise<string | null> {
  for (const path of paths) {
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return null;
}

/** A fontconfig of its own: the packaged Chromium has no Chinese. */
async function chineseFonts(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'tongxi-fonts-'));
  await mkdir(join(dir, 'cache'));
  const files = ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf'];
  const dirs = files.map((file) => dirname(require.resolve(`@expo-google-fonts/noto-sans-sc/${file}`)));
  const conf = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
${dirs.map((d) => `<dir>${d}</dir>`).join('\n')}<dir>/usr/share/fonts</dir><cachedir>${join(dir, 'cache')}</cachedir>
<alias binding="strong"><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
<alias binding="strong"><family>system-ui</family><prefer><family>Noto Sans SC</family></prefer></alias></fontconfig>`;
  await writeFile(join(dir, 'fonts.conf'), conf);
  return dir;
}
