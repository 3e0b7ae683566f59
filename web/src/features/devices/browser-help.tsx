import type { BrowserFamily } from '@tongxi/server/contract/self-test.ts';
import { useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import { Button } from '../../ui/index.tsx';

/** Where one presses in this family: the lock beside the address, the menu, or the phone's own settings. */
const places: Record<BrowserFamily, 'lock' | 'menu' | 'settings'> = {
  'wechat-android': 'menu',
  'wechat-ios': 'settings',
  huawei: 'settings',
  xiaomi: 'settings',
  oppo: 'settings',
  vivo: 'settings',
  safari: 'lock',
  edge: 'lock',
  '360': 'lock',
  qianxin: 'lock',
  chrome: 'lock',
  other: 'lock',
};

/** How this very browser is allowed to use camera and microphone, in three steps and a picture. */
export function BrowserHelp({ family }: { family: BrowserFamily }) {
  const t = useWords('devices');
  return (
    <div className="notice warn row browser-help">
      <Sketch place={places[family]} />
      <div className="grow col">
        <strong>{t('helpTitle', { browser: t(`browser.${family}`) })}</strong>
        <ol className="steps-list">
          {[1, 2, 3].map((step) => (
            <li key={step}>{t(`help.${family}.${step}`)}</li>
          ))}
        </ol>
      </div>
    </div>
  );
}

/** The other way: the same place in another browser, by address or by QR code on another phone. */
export function OtherBrowser() {
  const t = useWords('devices');
  const [copied, setCopied] = useState(false);
  const [shown, show] = useState(false);
  const address = `${location.origin}/p`;
  return (
    <div className="col">
      <p>{t('otherBrowser')}</p>
      <p className="notice small">{address}</p>
      <div className="row">
        <Button
          onClick={() =>
            void navigator.clipboard
              ?.writeText(address)
              .then(() => setCopied(true))
              .catch(() => undefined)
          }
        >
          {t(copied ? 'copied' : 'copy')}
        </Button>
        <Button aria-expanded={shown} onClick={() => show(!shown)}>
          {t('showQr')}
        </Button>
      </div>
      {shown && <img alt={t('qrAlt')} width={200} height={200} src="/api/entrance-qr" />}
    </div>
  );
}

/** A window with a ring around the place to press. */
function Sketch({ place }: { place: 'lock' | 'menu' | 'settings' }) {
  const ring = { lock: [16, 18], menu: [82, 18], settings: [50, 58] }[place];
  return (
    <svg viewBox="0 0 100 110" width="84" height="92" aria-hidden="true" className="sketch">
      <rect x="4" y="4" width="92" height="102" rx="8" className="frame" />
      <line x1="4" y1="30" x2="96" y2="30" className="frame" />
      {place === 'settings' ? (
        <>
          <circle cx="50" cy="58" r="10" className="frame" />
          <circle cx="50" cy="58" r="3" className="frame" />
          <path d="M50 44v-5M50 77v-5M36 58h-5M69 58h-5" className="frame" />
        </>
      ) : (
        <>
          <rect x="11" y="16" width="10" height="8" rx="1.5" className="frame" />
          <path d="M13 16v-3a3 3 0 0 1 6 0v3" className="frame" />
          <rect x="28" y="11" width="44" height="14" rx="7" className="frame" />
          <path d="M78 18h.1M82 18h.1M86 18h.1" className="dots" />
        </>
      )}
      <circle cx={ring?.[0]} cy={ring?.[1]} r="15" className="ring" />
    </svg>
  );
}
