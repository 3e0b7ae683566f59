import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  Room,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import type { Client } from './test-app.ts';

const RATE = 48_000;
const FRAME = RATE / 100;

/** A seat that sends one tone and measures which tones it hears, over real media. */
export class ToneSeat {
  readonly name: string;
  readonly tone: number;
  room: Room | null = null;
  /** Track ids that this seat published, newest last. */
  readonly published: string[] = [];
  /** The token of its latest connection. */
  token = '';
  #samples = new Map<string, number[]>();
  #stop: (() => void)[] = [];

  /** Without ears it takes nobody's media: it costs what sending costs. */
  readonly ears: boolean;

  constructor(name: string, tone: number, ears = true) {
    this.name = name;
    this.tone = tone;
    this.ears = ears;
  }

  /** Asks our server for a token and connects through our signalling, then sends its tone. */
  async join(client: Client, sessionId: string, url: string): Promise<void> {
    const answer = await client.post<{ token: string; code: string }>(`/api/sessions/${sessionId}/token`);
    if (answer.status !== 200) throw new Error(`${this.name}: no token: ${answer.body.code}`);
    await this.connect(answer.body.token, url);
  }

  async connect(token: string, url: string): Promise<void> {
    await this.leave();
    this.token = token;
    const room = new Room();
    room.on(RoomEvent.TrackSubscribed, (track, _publication, participant) => {
      if (track.kind !== TrackKind.KIND_AUDIO) return;
      const reader = new AudioStream(track, { sampleRate: RATE, numChannels: 1 }).getReader();
      const heard: number[] = [];
      this.#samples.set(`${participant.identity}/${track.sid}`, heard);
      void (async () => {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return;
          for (const sample of value.data) heard.push(sample / 32_768);
          if (heard.length > RATE * 10) heard.splice(0, heard.length - RATE * 10);
        }
      })().catch(() => undefined);
    });
    await room.connect(url.replace(/^http/, 'ws'), token, { autoSubscribe: this.ears, dynacast: false });
    this.room = room;
    const source = new AudioSource(RATE, 1, 200);
    const track = LocalAudioTrack.createAudioTrack('microphone', source);
    const options = new TrackPublishOptions();
    options.source = TrackSource.SOURCE_MICROPHONE;
    options.dtx = false;
    const publication = await room.localParticipant?.publishTrack(track, options);
    if (publication?.sid) this.published.push(publication.sid);
    let running = true;
    let n = 0;
    this.#stop.push(() => {
      running = false;
    });
    void (async () => {
      while (running) {
        const data = Int16Array.from({ length: FRAME }, () =>
          Math.round(12_000 * Math.sin((2 * Math.PI * this.tone * n++) / RATE)),
        );
        await source.captureFrame(new AudioFrame(data, RATE, 1, FRAME));
      }
    })().catch(() => undefined);
  }

  /** Forgets what was heard so far. */
  forget(): void {
    for (const samples of this.#samples.values()) samples.length = 0;
  }

  /** How loud each tone was since the last `forget`, over everything that was received; 0 when nothing was. */
  hears(tones: readonly number[]): number[] {
    return tones.map((tone) =>
      Math.max(0, ...[...this.#samples.values()].map((samples) => strength(samples, tone))),
    );
  }

  participants(): string[] {
    return [...(this.room?.remoteParticipants.keys() ?? [])];
  }

  async leave(): Promise<void> {
    for (const stop of this.#stop.splice(0)) stop();
    await this.room?.disconnect().catch(() => undefined);
    this.room = null;
  }
}

/** Goertzel: amplitude of one tone in the samples, 0..1. */
function strength(samples: readonly number[], tone: number): number {
  if (samples.length < RATE / 4) return 0;
  const coefficient = 2 * Math.cos((2 * Math.PI * tone) / RATE);
  let [one, two] = [0, 0];
  for (const sample of samples) [one, two] = [sample + coefficient * one - two, one];
  const power = one * one + two * two - coefficient * one * two;
  return (2 * Math.sqrt(Math.max(0, power))) / samples.length;
}
