/** A browser that takes messages for somebody through its maker's push service (RFC 8030, RFC 8291). */
export type PushTarget = { endpoint: string; p256dh: string; auth: string };

/** What a browser shows while no page is open: no names of parties, nothing of a case. */
export type PushMessage = { title: string; body: string; url: string };

export type Push = {
  /** The key that browsers subscribe with (RFC 8292), base64url. */
  publicKey: string;
  /** Whether this address belongs to a push service that is trusted; nothing is ever sent elsewhere. */
  accepts(endpoint: string): boolean;
  /** `gone`: the browser no longer takes anything there. Throws when it may be tried again. */
  send(target: PushTarget, message: PushMessage): Promise<'sent' | 'gone'>;
};

/** A voice call that tells somebody that a station asks for a judge. `idempotencyKey`: the same is never called twice. */
export type Voice = {
  call(input: { to: string; station: string; phone: string; idempotencyKey: string }): Promise<void>;
};
