import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice, Tag } from '../../ui/index.tsx';

type Verdict = 'wait' | 'ok' | 'denied' | 'missing' | 'bad';

/** Camera, microphone, speaker and network in one short flow with a clear verdict; each failure has its own sentence. */
export function DeviceCheck({ sessionId, onDone }: { sessionId: string; onDone: () => void }) {
  const t = useWords('devices');
  const c = useWords('common');
  const queries = useQueryClient();
  const video = useRef<HTMLVideoElement>(null);
  const [camera, setCamera] = useState<Verdict>('wait');
  const [microphone, setMicrophone] = useState<Verdict>('wait');
  const [network, setNetwork] = useState<Verdict>('wait');
  const [heard, setHeard] = useState(false);
  const [level, setLevel] = useState(0);
  const [round, again] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` starts the whole check anew
  useEffect(() => {
    let stopped = false;
    const streams: MediaStream[] = [];
    let context: AudioContext | undefined;
    const open = async (kind: 'video' | 'audio'): Promise<Verdict> => {
      if (!navigator.mediaDevices) return 'bad';
      try {
        const stream = await navigator.mediaDevices.getUserMedia({ [kind]: true });
        if (stopped) {
          for (const track of stream.getTracks()) track.stop();
          return 'wait';
        }
        streams.push(stream);
        if (kind === 'video' && video.current) video.current.srcObject = stream;
        if (kind === 'audio') listen(stream);
        return 'ok';
      } catch (error) {
        const name = error instanceof DOMException ? error.name : '';
        return name === 'NotAllowedError' ? 'denied' : name === 'NotFoundError' ? 'missing' : 'bad';
      }
    };
    const listen = (stream: MediaStream) => {
      context = new AudioContext();
      const meter = context.createAnalyser();
      context.createMediaStreamSource(stream).connect(meter);
      const samples = new Uint8Array(meter.fftSize);
      const measure = () => {
        if (stopped) return;
        meter.getByteTimeDomainData(samples);
        setLevel(Math.min(1, Math.max(...samples.map((v) => Math.abs(v - 128))) / 50));
        setTimeout(measure, 150);
      };
      measure();
    };
    setCamera('wait');
    setMicrophone('wait');
    setNetwork('wait');
    void open('video').then(setCamera);
    void open('audio').then(setMicrophone);
    void probeNetwork().then(setNetwork);
    return () => {
      stopped = true;
      for (const stream of streams) for (const track of stream.getTracks()) track.stop();
      void context?.close();
    };
  }, [round]);

  const enter = useMutation({
    mutationFn: () =>
      call(
        api.sessions[':sessionId'].lobby.$post({
          param: { sessionId },
          json: {
            selfTest: {
              camera: camera === 'ok',
              microphone: microphone === 'ok',
              speaker: heard,
              network: network === 'ok',
            },
          },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries();
      onDone();
    },
  });
  const waiting = [camera, microphone, network].includes('wait');
  const fine = camera === 'ok' && microphone === 'ok' && network === 'ok';
  const line = (name: 'camera' | 'microphone' | 'network', verdict: Verdict) => (
    <div className="col">
      <div className="row">
        <strong className="grow">{t(name)}</strong>
        <Tag kind={verdict === 'ok' ? 'ok' : verdict === 'wait' ? 'info' : 'warn'}>
          {t(`verdict.${verdict}`)}
        </Tag>
      </div>
      {verdict !== 'ok' && verdict !== 'wait' && <p className="notice warn">{t(`fix.${name}.${verdict}`)}</p>}
    </div>
  );
  return (
    <div className="col">
      <div className="face">
        <video ref={video} autoPlay muted playsInline />
      </div>
      {line('camera', camera)}
      {line('microphone', microphone)}
      {microphone === 'ok' && (
        <div>
          <label htmlFor="level">{t('speak')}</label>
          <meter id="level" min={0} max={1} value={level} className="wide" />
        </div>
      )}
      {line('network', network)}
      <div className="row">
        <Button onClick={() => void playTone().then(() => setHeard(true))}>{t('playTone')}</Button>
        {heard && <Tag kind="ok">{t('tonePlayed')}</Tag>}
      </div>
      <div className={`notice ${fine ? 'ok' : ''}`} role="status">
        {t(waiting ? 'checking' : fine ? 'fine' : 'notAll')}
      </div>
      <ErrorNotice error={enter.error} />
      <Button
        look="primary"
        big
        wide
        disabled={waiting}
        busy={enter.isPending && c('sending')}
        onClick={() => enter.mutate()}
      >
        {t(fine ? 'enter' : 'enterAnyway')}
      </Button>
      {!fine && !waiting && (
        <Button wide onClick={() => again((n) => n + 1)}>
          {t('again')}
        </Button>
      )}
    </div>
  );
}

/** Three round trips to our own server: it answers and in reasonable time. */
async function probeNetwork(): Promise<Verdict> {
  try {
    const times: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      const started = performance.now();
      const answer = await fetch('/healthz', { cache: 'no-store' });
      if (!answer.ok) return 'bad';
      times.push(performance.now() - started);
    }
    return Math.min(...times) < 1500 ? 'ok' : 'bad';
  } catch {
    return 'bad';
  }
}

async function playTone(): Promise<void> {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const gain = context.createGain();
  gain.gain.value = 0.12;
  tone.frequency.value = 660;
  tone.connect(gain).connect(context.destination);
  tone.start();
  await new Promise((resolve) => setTimeout(resolve, 700));
  tone.stop();
  await context.close();
}
