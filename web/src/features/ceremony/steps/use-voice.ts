import { useCallback, useEffect, useState } from 'react';

type State = 'idle' | 'reading' | 'done' | 'failed';

/** A Chinese voice of this browser, or none: voices may arrive late. */
function useChineseVoice(): SpeechSynthesisVoice | null {
  const [voice, setVoice] = useState<SpeechSynthesisVoice | null>(null);
  useEffect(() => {
    const speech = window.speechSynthesis;
    if (!speech) return;
    const look = () => setVoice(speech.getVoices().find((v) => /^(zh|cmn)/i.test(v.lang)) ?? null);
    look();
    speech.addEventListener('voiceschanged', look);
    return () => speech.removeEventListener('voiceschanged', look);
  }, []);
  return voice;
}

/**
 * Reads sentences aloud one after another; `done` only when the last was spoken to its end. Without a Chinese voice
 * `voice` is null: then a person reads.
 */
export function useVoice(sentences: string[]) {
  const voice = useChineseVoice();
  const [state, setState] = useState<State>('idle');
  useEffect(() => () => window.speechSynthesis?.cancel(), []);
  const read = useCallback(() => {
    const speech = window.speechSynthesis;
    if (!voice || !speech) {
      setState('failed');
      return;
    }
    speech.cancel();
    setState('reading');
    const speak = (i: number): void => {
      const sentence = sentences[i];
      if (sentence === undefined) {
        setState('done');
        return;
      }
      const utterance = new SpeechSynthesisUtterance(sentence);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = 0.9;
      utterance.onend = () => speak(i + 1);
      utterance.onerror = ({ error }) => setState(error === 'canceled' ? 'idle' : 'failed');
      speech.speak(utterance);
    };
    speak(0);
  }, [voice, sentences]);
  const stop = useCallback(() => {
    window.speechSynthesis?.cancel();
    setState('idle');
  }, []);
  return { voice, state, read, stop };
}
