import { AudioPresets, type LocalParticipant, Track } from 'livekit-client';

/** Of an ordinary line (bit/s). Each packet carries the one before it once more, and 50 headers a second go along. */
export const voice = AudioPresets.speech;
/** Where nothing but sound is left: with copy and headers about 45 kbit/s, so that 60 kbit/s carry it. */
const THIN_BPS = 12_000;

/** Own sound in few bits, or as usual again; what is sent before it is published is the preset's. */
export async function thinVoice(local: LocalParticipant, thin: boolean): Promise<void> {
  const sender = local.getTrackPublication(Track.Source.Microphone)?.track?.sender;
  if (!sender) return;
  const wanted = thin ? THIN_BPS : voice.maxBitrate;
  const parameters = sender.getParameters();
  if (parameters.encodings.every((one) => one.maxBitrate === wanted)) return;
  for (const one of parameters.encodings) one.maxBitrate = wanted;
  // A connection that has just gone takes none; the next one is asked again.
  await sender.setParameters(parameters).catch(() => undefined);
}
