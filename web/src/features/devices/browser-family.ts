import type { BrowserFamily } from '@tongxi/server/contract/self-test.ts';

/** In this order: browsers made of Chromium or WebKit name Chrome or Safari as well. */
const signs: [RegExp, BrowserFamily][] = [
  [/MicroMessenger.*(iPhone|iPad)|(iPhone|iPad).*MicroMessenger/, 'wechat-ios'],
  [/MicroMessenger/, 'wechat-android'],
  [/HuaweiBrowser|HONORBrowser/i, 'huawei'],
  [/MiuiBrowser|XiaoMi\//i, 'xiaomi'],
  [/HeyTapBrowser|OppoBrowser/i, 'oppo'],
  [/VivoBrowser/i, 'vivo'],
  [/QAXBrowser|Qianxin/i, 'qianxin'],
  [/QihooBrowser|QHBrowser|360SE|360EE|360 Aphone/i, '360'],
  [/Edg(e|A|iOS)?\//, 'edge'],
  [/Chrome\/|CriOS\//, 'chrome'],
  [/Safari\//, 'safari'],
];

/** Which family a browser says it is of. A 360 or 奇安信 browser in its usual mode says Chrome, and is helped as one. */
export const familyOf = (userAgent: string): BrowserFamily =>
  signs.find(([sign]) => sign.test(userAgent))?.[1] ?? 'other';

/** Whether this browser can take part at all: camera, sound and a way for media. */
export const canTakePart = (): boolean =>
  'RTCPeerConnection' in globalThis && Boolean(navigator.mediaDevices?.getUserMedia);
