import type { Page } from 'playwright-core';

/** A page whose microphone sends one tone (Hz) from the start, at about a third of full scale. */
export const microphoneTone = (hz: number) => `
  const plain = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await plain(wanted);
    if (!wanted.audio) return stream;
    const context = new AudioContext();
    const [tone, quieter, out] = [context.createOscillator(), context.createGain(), context.createMediaStreamDestination()];
    tone.frequency.value = ${hz};
    quieter.gain.value = 0.35;
    tone.connect(quieter).connect(out);
    tone.start();
    for (const track of stream.getAudioTracks()) { stream.removeTrack(track); track.stop(); }
    for (const track of out.stream.getAudioTracks()) stream.addTrack(track);
    return stream;
  };
`;

const listen = (tones: readonly number[]) => `(async () => {
  const context = (window.__ears ??= new AudioContext());
  await context.resume();
  const levels = ${JSON.stringify(tones)}.map(() => 0);
  const elements = [...document.querySelectorAll('audio')]
    .filter((one) => !one.paused && !one.muted && one.srcObject?.getAudioTracks().length > 0);
  const ears = elements.map((element) => {
    const [source, ear] = [context.createMediaStreamSource(element.srcObject), context.createAnalyser()];
    ear.fftSize = 32768;
    source.connect(ear);
    return { element, source, ear };
  });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  for (const { element, source, ear } of ears) {
    const samples = new Float32Array(ear.fftSize);
    ear.getFloatTimeDomainData(samples);
    source.disconnect();
    ${JSON.stringify(tones)}.forEach((tone, i) => {
      const coefficient = 2 * Math.cos((2 * Math.PI * tone) / context.sampleRate);
      let [one, two] = [0, 0];
      for (const sample of samples) [one, two] = [sample + coefficient * one - two, one];
      const power = one * one + two * two - coefficient * one * two;
      const strength = (2 * Math.sqrt(Math.max(0, power))) / samples.length;
      levels[i] = Math.max(levels[i], strength * element.volume);
    });
  }
  return levels;
})()`;

/** How loud a page plays each tone (0..1): what came over the line, times the loudness of the element that plays it. */
export const playedTones = async (page: Page, tones: readonly number[]): Promise<number[]> =>
  (await page.evaluate(listen(tones))) as number[];
