import { useMutation, useQueryClient } from '@tanstack/react-query';
import { judgeSelfTest, type LineMeasure, type SelfTest } from '@tongxi/server/contract/self-test.ts';
import { useEffect, useRef, useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice, Tag } from '../../ui/index.tsx';
import { canTakePart, familyOf } from './browser-family.ts';
import { BrowserHelp, OtherBrowser } from './browser-help.tsx';
import { HearVoice } from './hear-voice.tsx';
import { type Answer, useDevices } from './use-devices.ts';

const family = familyOf(navigator.userAgent);

/** Camera, microphone, speaker and the line in one short flow with a clear verdict; each failure has its own way on. */
export function DeviceCheck({ sessionId, onDone }: { sessionId: string; onDone: () => void }) {
  const t = useWords('devices');
  const c = useWords('common');
  const queries = useQueryClient();
  const video = useRef<HTMLVideoElement>(null);
  const [round, again] = useState(0);
  const { camera, microphone, tracks, level } = useDevices(video, round);
  const line = useLine(sessionId, tracks, round);
  const [heard, hear] = useState<boolean | null>(null);
  const waiting = camera === 'wait' || microphone === 'wait' || line === 'wait';
  const test: SelfTest | null = waiting
    ? null
    : { camera, microphone, heard: heard === true, browser: family, line };
  const judged = test && judgeSelfTest(test);
  const enter = useMutation({
    mutationFn: () =>
      call(
        api.sessions[':sessionId'].lobby.$post({
          param: { sessionId },
          json: test ? { selfTest: test } : {},
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries();
      onDone();
    },
  });
  const device = (name: 'camera' | 'microphone', answer: Answer) => (
    <div className="col">
      <div className="row">
        <strong className="grow">{t(name)}</strong>
        <Tag kind={answer === 'ok' ? 'ok' : answer === 'wait' ? 'info' : 'warn'}>
          {t(`verdict.${answer}`)}
        </Tag>
      </div>
      {answer !== 'ok' && answer !== 'wait' && <p className="notice warn">{t(`fix.${name}.${answer}`)}</p>}
    </div>
  );
  const refused = camera === 'denied' || microphone === 'denied';
  const faults = (judged?.faults ?? []).filter((fault) => !/CAMERA|MICROPHONE|NOT_HEARD/.test(fault));
  const good = judged?.verdict === 'good';
  return (
    <div className="col">
      <div className="face preview">
        <video ref={video} autoPlay muted playsInline />
      </div>
      {device('camera', camera)}
      {device('microphone', microphone)}
      {microphone === 'ok' && (
        <div className="row">
          <label htmlFor="level">{t('speak')}</label>
          <meter id="level" min={0} max={1} value={level} className="grow" />
        </div>
      )}
      {refused && <BrowserHelp family={family} />}
      <HearVoice heard={heard} onAnswer={hear} />
      <div className="col">
        <div className="row">
          <strong className="grow">{t('network')}</strong>
          <Tag kind={line === 'wait' ? 'info' : faults.length > 0 ? 'warn' : 'ok'}>
            {t(line === 'wait' ? 'lineWait' : faults.length > 0 ? 'verdict.bad' : 'verdict.ok')}
          </Tag>
        </div>
        {line !== 'wait' && line !== null && (
          <p className="muted small" data-line-path={line.path} data-over-tcp={String(line.overTcp)}>
            {t('lineFigures', {
              up: line.upKbit,
              down: line.downKbit,
              loss: Math.round(Math.max(line.lossUp, line.lossDown) * 100),
              ms: line.roundTripMs,
            })}{' '}
            {line.path !== 'udp' ? t('lineOverTcp') : line.overTcp === false ? t('lineUdpOnly') : ''}
          </p>
        )}
        {faults.map((fault) => (
          <p key={fault} className="notice warn">
            {t(`fault.${fault}`)}
          </p>
        ))}
      </div>
      <div
        className={`notice ${good ? 'ok' : judged && heard !== null ? 'warn' : ''}`}
        role="status"
        data-verdict={judged?.verdict}
      >
        {t(
          !judged
            ? 'checking'
            : good
              ? 'fine'
              : heard === null && judged.faults.length === 1
                ? 'listenFirst'
                : judged.verdict,
        )}
      </div>
      {(judged?.verdict === 'blocked' || !canTakePart()) && <OtherBrowser />}
      <ErrorNotice error={enter.error} />
      <Button
        look={heard === null ? 'plain' : 'primary'}
        big
        wide
        disabled={waiting}
        busy={enter.isPending && c('sending')}
        onClick={() => enter.mutate()}
      >
        {t(good ? 'enter' : 'enterAnyway')}
      </Button>
      {judged && !good && (
        <Button wide onClick={() => again((n) => n + 1)}>
          {t('again')}
        </Button>
      )}
    </div>
  );
}

/** Measured once both devices have answered. */
function useLine(
  sessionId: string,
  tracks: MediaStreamTrack[] | null,
  round: number,
): LineMeasure | null | 'wait' {
  const [line, set] = useState<LineMeasure | null | 'wait'>('wait');
  const measured = useRef(-1);
  useEffect(() => {
    if (!tracks || measured.current === round) return;
    measured.current = round;
    set('wait');
    void import('./measure-line.ts')
      .then(({ measureLine }) => measureLine(sessionId, tracks))
      .catch(() => null)
      .then(set);
  }, [sessionId, tracks, round]);
  return line;
}
