/** A government identity service (OpenID Connect). Absent when none is configured. */
export type IdentityProvider = {
  /** What its button says. */
  name: string;
  /**
   * Where to send the browser. `memory` is what only this browser may bring back: it goes into a signed cookie.
   */
  start(redirectUri: string): Promise<{ url: string; memory: string }>;
  /**
   * Judges the browser's return (state, nonce, PKCE, signature). `strong` says that the service itself asked for two
   * factors. Throws on anything that does not hold.
   */
  finish(callbackUrl: URL, memory: string): Promise<{ login: string; strong: boolean }>;
};
