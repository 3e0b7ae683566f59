/** A call goes on to the next people when nobody took it for so long [D]. */
export const RING_ON_MS = 60_000;

export type RingingFacts = {
  /** 指导法官 paired with the station. */
  judgeId: string | null;
  delegateId: string | null;
  /** Other guiding judges of the same town (镇街值班名单), in a fixed order. */
  townIds: readonly string[];
  /** The colleague to whom a judge handed this call: rings first, in the judge's place. */
  handedToId: string | null;
  /** Judges in session who asked not to be disturbed; a call marked urgent rings at them all the same. */
  quiet: ReadonlySet<string>;
  urgent: boolean;
  waitedMs: number;
};

/**
 * At whom a call to the judge (连线法官) rings by now, longest first: the paired judge at once, the delegate after
 * 60 s, the town's other judges after 120 s. Where nobody of a step can be rung, the next step begins at once.
 */
export function ringingAt(facts: RingingFacts): string[] {
  const rings = (id: string | null): id is string => id !== null && (facts.urgent || !facts.quiet.has(id));
  const steps = [[facts.handedToId ?? facts.judgeId], [facts.delegateId], facts.townIds]
    .map((ids) => ids.filter(rings))
    .filter((ids) => ids.length > 0);
  const begun = Math.floor(Math.max(0, facts.waitedMs) / RING_ON_MS) + 1;
  return [...new Set(steps.slice(0, begun).flat())];
}
