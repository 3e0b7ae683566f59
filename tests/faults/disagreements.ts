/** Why another verifier answers otherwise than ours, by key. */
export const REASONS = {
  rules:
    'it checks signatures, not who must sign: roles, persons, case, court, base, order, distinct keys and what a signing revision may draw are our rules, written in manifest and certificates.',
  missing:
    'it judges the signatures that are there and cannot know which ones are missing or were cut off; a certificate’s revocation is not seen either while long-term data is missing.',
  later:
    'it permits this change behind the last signature, or does not see it: objects that its comparison of fields and drawings leaves out. We write every revision again and permit none but security store and time stamp.',
  encoding:
    'it reads BER and leaves aside what no signature covers (unsigned attributes, lists, further certificates, padding, bytes outside a revision); cryptographically each signature holds. We permit one encoding.',
  time: 'it judges each token by itself: not the order among them, nor a time ahead of the clock.',
  strength:
    'it accepts an algorithm, key or issuer that we refuse: curves below 256 bits, SHA-1 references, issuers and certificates meant for time stamps.',
  strict:
    'it refuses what we call genuine: an annotation that lay in the file before anybody signed, or a list that names a certificate revoked after its holder signed.',
} as const;

export type Reason = keyof typeof REASONS;

const BY_NAME: [RegExp, Reason][] = [
  [/^(rolled-back-|unsealed|unstamped|store-without-stamp|revoked-unarchived|truncated-|swa-)/, 'missing'],
  [/^(store-|later-table-)/, 'later'],
  [/^(stamp-back-dated|time-reversed|token-in-the-future|stamp-in-the-future)/, 'time'],
  [/^(weak-|purpose-added|time-stamp-authority|time-stamp-usage|critical-by-)/, 'strength'],
  [/^(shadow-not-sprung|revoked-later|other-case|other-court)$/, 'strict'],
  [
    /^(binding-|certificate-(other|twice|everywhere)|key-twice|one-time-seal|other-committee|other-text|platform-|wrong-order|seal-without-lock|signed-text|late-unused|extension-twice|strokes-)/,
    'rules',
  ],
  [
    /^(indefinite-|long-length|lists-in-cms|more-|stamp-with-|token-twice|padding|flip-cms|upper-case|trailing-|leading-|body-without-table|table-without-end)/,
    'encoding',
  ],
];

/** The reason for a file of the corpus; files changed behind the last signature share one. */
export function reasonOf(name: string, group: string): Reason | null {
  const found = BY_NAME.find(([pattern]) => pattern.test(name))?.[1];
  if (found !== undefined) return found;
  return ['Revisions behind the end', 'Cross references', 'Shadow attacks'].includes(group) ||
    name === 'late-new-field'
    ? 'later'
    : null;
}
