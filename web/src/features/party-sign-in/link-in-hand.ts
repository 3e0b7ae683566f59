/** What a party has in hand: the link's secret, or the eight digits they were told. */
export type InHand = { secret: string } | { spokenCode: string };

/** The secret stands in the address's fragment, which no server ever sees. */
export function linkInHand(): InHand | null {
  const secret = new URLSearchParams(location.hash.slice(1)).get('s');
  return secret && /^[A-Za-z0-9_-]{43}$/.test(secret) ? { secret } : null;
}

/** Signed in, the secret leaves the address: the phone may be a borrowed one. */
export function forgetLink(): void {
  history.replaceState(null, '', location.pathname + location.search);
}
