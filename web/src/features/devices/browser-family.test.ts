import { expect, test } from 'vitest';
import { familyOf } from './browser-family.ts';

const android = 'Mozilla/5.0 (Linux; Android 14; X) AppleWebKit/537.36 (KHTML, like Gecko)';
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

test.each([
  [
    `${android} Version/4.0 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.49.2600(0x2800) WeChat/arm64`,
    'wechat-android',
  ],
  [`${iphone} Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN`, 'wechat-ios'],
  [`${android} Chrome/114.0 HuaweiBrowser/15.0.4.312 Mobile Safari/537.36`, 'huawei'],
  [`${android} Version/4.0 Chrome/112.0 Mobile Safari/537.36 XiaoMi/MiuiBrowser/18.2.60628`, 'xiaomi'],
  [`${android} Version/4.0 Chrome/115.0 Mobile Safari/537.36 HeyTapBrowser/40.8.37.1`, 'oppo'],
  [`${android} Chrome/87.0 Mobile Safari/537.36 VivoBrowser/18.2.1.0`, 'vivo'],
  [`${windows} Chrome/108.0 Safari/537.36 QIHU 360SE`, '360'],
  [`${windows} Chrome/102.0 Safari/537.36 QAXBrowser`, 'qianxin'],
  [`${windows} Chrome/126.0 Safari/537.36 Edg/126.0`, 'edge'],
  [`${android} Chrome/126.0 Mobile Safari/537.36`, 'chrome'],
  [`${iphone} Version/17.5 Mobile/15E148 Safari/604.1`, 'safari'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'other'],
])('%s', (userAgent, family) => {
  expect(familyOf(userAgent)).toBe(family);
});
