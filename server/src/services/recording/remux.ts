import {
  ALL_FORMATS,
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from 'mediabunny';

export type SeekableFile = { bytes: Uint8Array; mime: 'video/webm' | 'video/mp4'; durationMs: number };

/**
 * One seekable file of what a recorder streamed: the packets as they are, with length and index. Nothing is decoded.
 * Streams of MPEG-TS segments (Egress) become MP4, WebM stays WebM. Throws for what is no recording.
 */
export async function remux(stream: Uint8Array): Promise<SeekableFile> {
  using input = new Input({ source: new BufferSource(stream), formats: ALL_FORMATS });
  const webm = (await input.getFormat()).mimeType.includes('webm');
  const target = new BufferTarget();
  const output = new Output({
    format: webm ? new WebMOutputFormat() : new Mp4OutputFormat({ fastStart: 'in-memory' }),
    target,
  });
  const copies: (() => Promise<void>)[] = [];
  let end = 0;
  const video = await input.getPrimaryVideoTrack();
  const audio = await input.getPrimaryAudioTrack();
  const first = Math.min(
    ...(await Promise.all([video, audio].map(async (t) => (t ? t.getFirstTimestamp() : Infinity)))),
  );
  if (video?.codec) {
    const source = new EncodedVideoPacketSource(video.codec);
    output.addVideoTrack(source, { rotation: video.rotation });
    const config = await video.getDecoderConfig();
    copies.push(async () => {
      for await (const packet of new EncodedPacketSink(video).packets()) {
        end = Math.max(end, packet.timestamp + packet.duration - first);
        await source.add(packet.clone({ timestamp: Math.max(0, packet.timestamp - first) }), meta(config));
      }
      source.close();
    });
  }
  if (audio?.codec) {
    const source = new EncodedAudioPacketSource(audio.codec);
    output.addAudioTrack(source);
    const config = await audio.getDecoderConfig();
    copies.push(async () => {
      for await (const packet of new EncodedPacketSink(audio).packets()) {
        end = Math.max(end, packet.timestamp + packet.duration - first);
        await source.add(packet.clone({ timestamp: Math.max(0, packet.timestamp - first) }), meta(config));
      }
      source.close();
    });
  }
  if (copies.length === 0) throw new Error('nothing to remux');
  await output.start();
  await Promise.all(copies.map((copy) => copy()));
  await output.finalize();
  if (!target.buffer) throw new Error('nothing was remuxed');
  return {
    bytes: new Uint8Array(target.buffer),
    mime: webm ? 'video/webm' : 'video/mp4',
    durationMs: Math.round(end * 1000),
  };
}

const meta = <T>(config: T | null): { decoderConfig: T } | undefined =>
  config ? { decoderConfig: config } : undefined;
