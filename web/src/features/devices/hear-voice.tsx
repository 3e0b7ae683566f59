import { useState } from 'react';
import { type Language, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Tag } from '../../ui/index.tsx';

/** A voice, or a tone where the browser has no voice of the page's language; the person says whether it was heard. */
export function HearVoice({
  heard,
  onAnswer,
}: {
  heard: boolean | null;
  onAnswer: (heard: boolean) => void;
}) {
  const t = useWords('devices');
  const language = useLanguage();
  const [played, setPlayed] = useState(false);
  return (
    <div className="col">
      <div className="row">
        <strong className="grow">{t('speaker')}</strong>
        {heard !== null && <Tag kind={heard ? 'ok' : 'warn'}>{t(heard ? 'heard' : 'notHeard')}</Tag>}
      </div>
      <Button
        wide
        look={heard === null && !played ? 'primary' : 'plain'}
        onClick={() => void play(t('voice'), language).then(() => setPlayed(true))}
      >
        {t(played ? 'playAgain' : 'play')}
      </Button>
      {played && heard !== true && (
        <div className="row">
          <Button look={heard === null ? 'primary' : 'plain'} onClick={() => onAnswer(true)}>
            {t('iHeard')}
          </Button>
          <Button onClick={() => onAnswer(false)}>{t('iDidNot')}</Button>
        </div>
      )}
      {heard === false && <p className="notice warn">{t('fix.speaker')}</p>}
    </div>
  );
}

const voices: Record<Language, RegExp> = { 'zh-CN': /^(zh|cmn)/i, en: /^en/i };

async function play(text: string, language: Language): Promise<void> {
  const voice = globalThis.speechSynthesis?.getVoices().find(({ lang }) => voices[language].test(lang));
  if (!voice) return playTone();
  const said = new SpeechSynthesisUtterance(text);
  said.voice = voice;
  said.lang = voice.lang;
  await new Promise<void>((resolve) => {
    said.onend = () => resolve();
    said.onerror = () => void playTone().then(resolve);
    speechSynthesis.speak(said);
  });
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
