import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { TokenVerifier } from 'livekit-server-sdk';
import type { Deps } from '../services/context.ts';
import { auditRefusedSignalling } from '../services/video/audit-refused-signalling.ts';
import { mayConnect } from '../services/video/may-connect.ts';

export type LivekitProxy = {
  /** Handles `/rtc…` upgrades; false when the request is not for LiveKit. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Answers `/rtc…/validate`, which clients ask when a connection fails. */
  validate(url: string): Promise<{ status: number; body: string }>;
  /** Cuts the open connections of one seat, or of everybody in a room; also those still being let in. */
  cut(room: string, identity?: string): void;
  stop(): void;
};

type Seat = { room: string; identity: string };

/** LiveKit's signalling paths; nothing else of it is ever forwarded (never /twirp). */
const isSignalling = (path: string): boolean => /^\/rtc(\/v\d+)?$/.test(path);
const isValidation = (path: string): boolean => /^\/rtc(\/v\d+)?\/validate$/.test(path);

/** What LiveKit needs of a browser's request. Cookies are ours, and a second token in a header would win over ours. */
const forwarded = /^(connection|upgrade|sec-websocket-[a-z]+|user-agent|origin)$/;
const CONNECT_MS = 10_000;
const AUDIT_AGAIN_MS = 60_000;

/**
 * The only way to LiveKit's signalling: our origin, our checks. The token's signature is verified, then seat, session
 * and deny list in our database; a refreshed token of a removed person is refused here. What goes on to LiveKit is
 * rebuilt around the very token that was checked. Sockets are kept by seat from the first moment, so that a removal
 * cuts them. Tokens never reach a log.
 */
export function livekitProxy(
  deps: Deps,
  livekit: { url: string; key: string; secret: string },
): LivekitProxy {
  const verifier = new TokenVerifier(livekit.key, livekit.secret);
  const target = new URL(livekit.url.replace(/^ws/, 'http'));
  const ask = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const open = new Map<Duplex, Seat>();
  const written = new Map<string, number>();

  /** Whose token it is, by its signature. */
  async function bearer(token: string | null): Promise<Seat | null> {
    const claims = token ? await verifier.verify(token).catch(() => null) : null;
    const room = claims?.video?.room;
    const identity = claims?.sub;
    return room && identity ? { room, identity } : null;
  }

  /** A refused connection is written down once a minute a seat: clients try again by themselves. */
  async function auditSignalling(seat: Seat): Promise<void> {
    const who = `${seat.room} ${seat.identity}`;
    const now = Date.now();
    for (const [key, at] of written) if (at < now - AUDIT_AGAIN_MS) written.delete(key);
    if (written.has(who)) return;
    written.set(who, now);
    await auditRefusedSignalling(deps, seat).catch((error: unknown) =>
      deps.log.error({ err: error }, 'a refused connection could not be written down'),
    );
  }

  async function connect(request: IncomingMessage, socket: Duplex, head: Buffer, url: URL): Promise<void> {
    const token = url.searchParams.get('access_token') ?? bearerToken(request.headers.authorization);
    const seat = await bearer(token);
    if (!seat || !token) return refuse(socket, '401 Unauthorized');
    open.set(socket, seat);
    socket.once('close', () => open.delete(socket));
    if (!(await mayConnect(deps, seat.room, seat.identity))) {
      await auditSignalling(seat);
      return refuse(socket, '403 Forbidden');
    }
    if (socket.destroyed) return;
    const upstream = ask(upstreamUrl(target, url, token), {
      headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => forwarded.test(name))),
    });
    upstream.setTimeout(CONNECT_MS, () => upstream.destroy(new Error('the video server does not answer')));
    socket.once('close', () => upstream.destroy());
    upstream.on('error', () => refuse(socket, '502 Bad Gateway'));
    upstream.on('response', (answer) => {
      answer.resume();
      refuse(socket, `${answer.statusCode ?? 502} Refused`);
    });
    upstream.on('upgrade', (answer, remote, rest) => {
      remote.setTimeout(0);
      const end = () => {
        socket.destroy();
        remote.destroy();
      };
      for (const side of [socket, remote]) {
        side.on('error', end);
        side.on('close', end);
      }
      if (socket.destroyed) return end();
      const lines = Object.entries(answer.headers).flatMap(([k, v]) =>
        [v ?? []].flat().map((one) => `${k}: ${one}`),
      );
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
      if (rest.length > 0) socket.write(rest);
      if (head.length > 0) remote.write(head);
      socket.pipe(remote).pipe(socket);
    });
    upstream.end();
  }

  return {
    upgrade(request, socket, head) {
      const url = parsed(request.url);
      if (!url || !isSignalling(url.pathname)) return false;
      socket.on('error', () => socket.destroy());
      connect(request, socket, head, url).catch((error: unknown) => {
        deps.log.warn({ err: error }, 'signalling refused');
        refuse(socket, '503 Unavailable');
      });
      return true;
    },
    async validate(path) {
      const url = parsed(path);
      if (!url || !isValidation(url.pathname)) return { status: 404, body: 'not found' };
      const token = url.searchParams.get('access_token');
      const seat = await bearer(token);
      if (!seat || !token) return { status: 401, body: 'invalid token' };
      if (!(await mayConnect(deps, seat.room, seat.identity))) return { status: 403, body: 'refused' };
      const answer = await fetch(upstreamUrl(target, url, token), {
        signal: AbortSignal.timeout(CONNECT_MS),
      }).catch(() => null);
      return answer
        ? { status: answer.status, body: await answer.text() }
        : { status: 502, body: 'video server is away' };
    },
    cut(room, identity) {
      for (const [socket, seat] of open) {
        if (seat.room === room && (identity === undefined || seat.identity === identity)) socket.destroy();
      }
    },
    stop() {
      for (const socket of open.keys()) socket.destroy();
    },
  };
}

/** Path and parameters as we understood them, with exactly one token: what LiveKit reads is what we checked. */
function upstreamUrl(target: URL, url: URL, token: string): URL {
  const upstream = new URL(target);
  upstream.pathname = `${target.pathname.replace(/\/$/, '')}${url.pathname}`;
  upstream.search = url.search;
  upstream.searchParams.delete('access_token');
  upstream.searchParams.set('access_token', token);
  return upstream;
}

/** The path under a fixed host; null for what is no path at all. */
function parsed(path: string | undefined): URL | null {
  return path?.startsWith('/') && URL.canParse(`http://local${path}`) ? new URL(`http://local${path}`) : null;
}

const bearerToken = (header: string | undefined): string | null =>
  header && /^Bearer /i.test(header) ? header.slice(7) : null;

function refuse(socket: Duplex, status: string): void {
  if (socket.destroyed) return;
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
