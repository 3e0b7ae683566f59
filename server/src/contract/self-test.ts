import * as z from 'zod';

/** What a device answered when it was asked for: it works, a person or a policy said no, there is none, or it fails. */
const DeviceAnswer = z.enum(['ok', 'denied', 'missing', 'bad']);
export const browserFamilies = [
  'wechat-android',
  'wechat-ios',
  'huawei',
  'xiaomi',
  'oppo',
  'vivo',
  'safari',
  'edge',
  '360',
  'qianxin',
  'chrome',
  'other',
] as const;
export type BrowserFamily = (typeof browserFamilies)[number];

const Share = z.number().min(0).max(1);
const Kbit = z.number().int().min(0).max(10_000_000);
/** What a few seconds in a test room showed. */
export const LineMeasure = z.object({
  /** How media went: straight, over TCP, or through a relay (TURN). */
  path: z.enum(['udp', 'tcp', 'relay']),
  /** Whether media also came over TCP when UDP was given up on purpose; null: not tried. */
  overTcp: z.boolean().nullable(),
  upKbit: Kbit,
  downKbit: Kbit,
  lossUp: Share,
  lossDown: Share,
  roundTripMs: z.number().int().min(0).max(600_000),
});
export type LineMeasure = z.infer<typeof LineMeasure>;

export const SelfTest = z.object({
  camera: DeviceAnswer,
  microphone: DeviceAnswer,
  /** The person said that the voice was heard. */
  heard: z.boolean(),
  browser: z.enum(browserFamilies),
  /** Null: no media came through by any way. */
  line: LineMeasure.nullable(),
});
export type SelfTest = z.infer<typeof SelfTest>;

export const selfTestFaults = [
  'NO_LINE',
  'NO_MICROPHONE',
  'NO_CAMERA',
  'NOT_HEARD',
  'LOSSY',
  'SLOW_UP',
  'SLOW_DOWN',
  'FAR',
] as const;
export type SelfTestFault = (typeof selfTestFaults)[number];
export const SelfTestView = z.object({
  at: z.iso.datetime(),
  verdict: z.enum(['good', 'poor', 'blocked']),
  faults: z.array(z.enum(selfTestFaults)),
  browser: z.enum(browserFamilies),
});
export type SelfTestView = z.infer<typeof SelfTestView>;

/** Two tickets into one test room: one sends, one receives. */
export const SelfTestTickets = z.object({ send: z.string(), receive: z.string() });

/** Sound alone takes 60 kbit/s each way, a small picture 200 more (docs/poor-networks.md has what less leaves). */
const LEAST_KBIT = 250;
const MOST_LOSS = 0.08;
const LONGEST_ROUND_TRIP_MS = 700;

/** Good, poor (takes part, not everything is seen), or blocked (cannot take part), and why. */
export function judgeSelfTest(test: SelfTest): Pick<SelfTestView, 'verdict' | 'faults'> {
  const { line } = test;
  const faults: SelfTestFault[] = [];
  if (!line) faults.push('NO_LINE');
  if (test.microphone !== 'ok') faults.push('NO_MICROPHONE');
  if (test.camera !== 'ok') faults.push('NO_CAMERA');
  if (!test.heard) faults.push('NOT_HEARD');
  if (line && Math.max(line.lossUp, line.lossDown) > MOST_LOSS) faults.push('LOSSY');
  if (line && line.upKbit < LEAST_KBIT) faults.push('SLOW_UP');
  if (line && line.downKbit < LEAST_KBIT) faults.push('SLOW_DOWN');
  if (line && line.roundTripMs > LONGEST_ROUND_TRIP_MS) faults.push('FAR');
  const blocked = faults.includes('NO_LINE') || faults.includes('NO_MICROPHONE');
  return { faults, verdict: blocked ? 'blocked' : faults.length > 0 ? 'poor' : 'good' };
}
