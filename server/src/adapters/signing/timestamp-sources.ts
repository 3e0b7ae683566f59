import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '../../domain/errors.ts';
import type { ClockState, Timestamp } from '../../ports/timestamp.ts';
import type { Stamped, TimestampClient } from './timestamp-client.ts';

/** Two sources, or a source and this machine, may differ this much (issue: signing stops beyond it). */
const MAX_DIFFERENCE_MS = 2000;
/** Many authorities count whole seconds: a token may say up to one less than the moment of its making. */
const GRANULARITY_MS = 1000;
/** How long a comparison of the sources counts: while it was good, and while it was not. */
const COMPARED_MS = { good: 600_000, bad: 15_000 };
const PAUSE_MS = 250;

export type SourcesOptions = {
  /** In the order in which they are asked; each with a timeout of its own. */
  clients: TimestampClient[];
  /** Attempts at each source before the next one is asked. */
  tries?: number;
  clock?: () => Promise<ClockState>;
  /** The newest token that this installation holds, so that a restart forgets nothing. */
  lastToken?: Date | null;
};

/**
 * Several authorities as one. The next is asked when one fails; nothing weaker than a checked token ever comes back.
 * TIMESTAMP_UNAVAILABLE when none answers. TIME_UNTRUSTED, and no signature, when the machine's clock follows no time
 * service or is more than 2 s off, when two sources differ by more than 2 s, or when a token predates the last one.
 */
export function timestampSources(options: SourcesOptions): Timestamp {
  const { clients, tries = 2, clock } = options;
  let last = options.lastToken?.getTime() ?? 0;
  let compared: { until: number; differ: boolean } | null = null;

  const ask = async (digest: Uint8Array): Promise<Stamped> => {
    for (const client of clients) {
      for (let attempt = 0; attempt < tries; attempt += 1) {
        if (attempt > 0) await pause(PAUSE_MS);
        try {
          return await client.ask(digest);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
        }
      }
    }
    throw new DomainError('TIMESTAMP_UNAVAILABLE');
  };

  return {
    maxTokenBytes: Math.max(...clients.map(({ maxTokenBytes }) => maxTokenBytes)),
    async stamp(digest) {
      if ((await clock?.()) === 'unsynchronised')
        throw new DomainError('TIME_UNTRUSTED', { reason: 'clock-unsynchronised' });
      if (clients.length > 1 && (compared === null || compared.until < Date.now())) {
        const differ = await sourcesDiffer(clients);
        compared = { differ, until: Date.now() + (differ ? COMPARED_MS.bad : COMPARED_MS.good) };
      }
      if (compared?.differ) throw new DomainError('TIME_UNTRUSTED', { reason: 'sources-differ' });
      // Answers may overtake each other: only tokens that were here before this question was sent count.
      const before = last;
      const answer = await ask(digest);
      if (answer.time.getTime() + GRANULARITY_MS <= before)
        throw new DomainError('TIME_UNTRUSTED', { reason: 'predates-last' });
      if (Math.abs(offsetOf(answer)) > MAX_DIFFERENCE_MS + slackOf(answer))
        throw new DomainError('TIME_UNTRUSTED', { reason: 'clock-off' });
      last = Math.max(last, answer.time.getTime());
      return answer.token;
    },
  };
}

/** True when two sources that answer differ by more than 2 s, the time on the way set aside. */
async function sourcesDiffer(clients: TimestampClient[]): Promise<boolean> {
  const digest = new Uint8Array(randomBytes(32));
  const settled = await Promise.allSettled(clients.map((client) => client.ask(digest)));
  const answers = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  return answers.some((one, index) =>
    answers
      .slice(index + 1)
      .some(
        (other) =>
          Math.abs(offsetOf(one) - offsetOf(other)) > MAX_DIFFERENCE_MS + slackOf(one) + slackOf(other),
      ),
  );
}

/** How far the source is ahead of our clock, if the way there took as long as the way back. */
const offsetOf = ({ time, sent, received }: Stamped): number => time.getTime() - (sent + received) / 2;
const slackOf = ({ sent, received }: Stamped): number => (received - sent) / 2;
