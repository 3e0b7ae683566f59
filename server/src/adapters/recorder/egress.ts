import {
  EgressClient,
  type EgressInfo,
  EgressStatus,
  EncodingOptions,
  S3Upload,
  SegmentedFileOutput,
  SegmentedFileProtocol,
  TwirpError,
  VideoCodec,
} from 'livekit-server-sdk';
import type { Recorder } from '../../ports/recorder.ts';
import { type S3Options, s3Storage } from '../storage/s3.ts';

/** Seconds of one segment: what is lost at most when Egress is killed. */
const SEGMENT_SECONDS = 4;
/** Segments that may lie in the bucket before Egress counts them. */
const UNCOUNTED = 3;
const over = [
  EgressStatus.EGRESS_COMPLETE,
  EgressStatus.EGRESS_FAILED,
  EgressStatus.EGRESS_ABORTED,
  EgressStatus.EGRESS_LIMIT_REACHED,
];

/**
 * Records with LiveKit Egress: it opens the same layout page (web egress, `?mode=egress`) and leaves segments in the
 * bucket. They are fetched, and removed there, every few seconds: until then they lie in the clear, so the bucket must
 * be the court's own. Every status of Egress ends in one of three: goes on, complete, gone.
 */
export function egressRecorder(options: {
  livekit: { url: string; key: string; secret: string };
  bucket: S3Options;
}): Recorder {
  const { livekit, bucket } = options;
  const http = livekit.url.replace(/^ws/, 'http');
  const egress = new EgressClient(http, livekit.key, livekit.secret, { requestTimeout: 8 });
  const storage = s3Storage(bucket);
  /** Of each part, up to which segment this process knows that the bucket is empty. */
  const forgotten = new Map<string, number>();
  const infoOf = async (handle: string): Promise<EgressInfo | undefined> =>
    (await egress.listEgress({ egressId: handle }))[0];
  const isOver = (info: EgressInfo | undefined) => !info || over.includes(info.status);
  const countOf = (info: EgressInfo | undefined) => Number(info?.segmentResults[0]?.segmentCount ?? 0n);
  const keysOf = (courtId: string, partId: string) => (n: number) =>
    `${courtId}/egress/${partId}_${String(n).padStart(5, '0')}.ts`;
  return {
    async start({ courtId, partId, layoutUrl }) {
      const url = new URL(layoutUrl);
      url.searchParams.set('mode', 'egress');
      const segments = new SegmentedFileOutput({
        protocol: SegmentedFileProtocol.HLS_PROTOCOL,
        filenamePrefix: `${courtId}/egress/${partId}`,
        segmentDuration: SEGMENT_SECONDS,
        disableManifest: true,
        output: {
          case: 's3',
          value: new S3Upload({
            accessKey: bucket.accessKeyId,
            secret: bucket.secretAccessKey,
            region: bucket.region,
            endpoint: bucket.endpoint,
            bucket: bucket.bucket,
            forcePathStyle: bucket.addressing === 'path',
          }),
        },
      });
      const info = await egress.startWebEgress(
        url.href,
        { segments },
        {
          awaitStartSignal: true,
          encodingOptions: new EncodingOptions({
            width: 640,
            height: 360,
            framerate: 10,
            videoCodec: VideoCodec.H264_BASELINE,
            videoBitrate: 250,
            audioBitrate: 48,
            keyFrameInterval: SEGMENT_SECONDS,
          }),
        },
      );
      return { handle: info.egressId };
    },
    async stop(handle) {
      await egress.stopEgress(handle).catch((error: unknown) => {
        // Over already, or never known to it.
        const fine =
          error instanceof TwirpError && ['not_found', 'failed_precondition'].includes(error.code ?? '');
        if (!fine) throw error;
      });
    },
    alive: async (handle) => !isOver(await infoOf(handle)),
    async collect({ courtId, partId }, handle, from) {
      const info = await infoOf(handle);
      const count = countOf(info);
      const keyOf = keysOf(courtId, partId);
      const pieces: Uint8Array[] = [];
      for (let n = from; n < count; n += 1) pieces.push(await storage.get(keyOf(n)));
      return {
        pieces,
        complete: isOver(info),
        async forget() {
          // A process killed after it kept them left them lying in the clear: the next one begins at the first.
          for (let n = forgotten.get(partId) ?? 0; n < count; n += 1) await storage.remove(keyOf(n));
          forgotten.set(partId, Math.max(from, count));
        },
      };
    },
    async discard({ courtId, partId }, handle) {
      const info = await infoOf(handle);
      const count = countOf(info);
      const keyOf = keysOf(courtId, partId);
      for (let n = forgotten.get(partId) ?? 0; n < count + UNCOUNTED; n += 1) await storage.remove(keyOf(n));
      forgotten.set(partId, count);
      return isOver(info);
    },
    async close() {
      // Egress goes on without us: the next start finds it by its handle.
    },
  };
}
