import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { TokenVerifier } from 'livekit-server-sdk';
import type { Deps } from '../services/context.ts';
import { mayConnect } from '../services/video/may-connect.ts';

export type LivekitProxy = {
  /** Handles `/rtc…` upgrades; false when the request is not for LiveKit. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Answers `/rtc…/validate`, which clients ask when a connection fails. */
  validate(url: string): Promise<{ status: number; body: string }>;
  /** Cuts the open connections of one seat, or of everybody in a room. */
  cut(room: string, identity?: string): void;
  stop(): void;
};

/** LiveKit's signalling paths; nothing else of it is ever forwarded (never /twirp). */
const isSignalling = (path: string): boolean => /^\/rtc(\/v\d+)?$/.test(path);

/**
 * The only way to LiveKit's signalling: our origin, our checks. The token's signature is verified, then seat, session
 * and deny list in our database; a refreshed token of a removed person is refused here. Sockets are kept by seat so
 * that a removal cuts them. Tokens never reach a log.
 */
export function livekitProxy(
  deps: Deps,
  livekit: { url: string; key: string; secret: string },
): LivekitProxy {
  const verifier = new TokenVerifier(livekit.key, livekit.secret);
  const target = new URL(livekit.url.replace(/^ws/, 'http'));
  const open = new Map<Duplex, { room: string; identity: string }>();

  async function permitted(
    url: URL,
    authorization: string | undefined,
  ): Promise<{ room: string; identity: string } | null> {
    const token = url.searchParams.get('access_token') ?? authorization?.replace(/^Bearer /i, '');
    if (!token) return null;
    const claims = await verifier.verify(token).catch(() => null);
    const room = claims?.video?.room;
    const identity = claims?.sub;
    if (!room || !identity) return null;
    return (await mayConnect(deps, room, identity)) ? { room, identity } : null;
  }

  function refuse(socket: Duplex, status: string): void {
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  }

  async function connect(request: IncomingMessage, socket: Duplex, head: Buffer, url: URL): Promise<void> {
    const seat = await permitted(url, request.headers.authorization);
    if (!seat) return refuse(socket, '403 Forbidden');
    const upstream = httpRequest({
      host: target.hostname,
      port: target.port,
      path: request.url,
      method: 'GET',
      headers: { ...request.headers, host: target.host },
    });
    upstream.on('error', () => refuse(socket, '502 Bad Gateway'));
    upstream.on('response', (answer) => {
      answer.resume();
      refuse(socket, `${answer.statusCode ?? 502} Refused`);
    });
    upstream.on('upgrade', (answer, remote, rest) => {
      const lines = Object.entries(answer.headers).flatMap(([k, v]) =>
        [v ?? []].flat().map((one) => `${k}: ${one}`),
      );
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
      if (rest.length > 0) socket.write(rest);
      if (head.length > 0) remote.write(head);
      open.set(socket, seat);
      const end = () => {
        open.delete(socket);
        socket.destroy();
        remote.destroy();
      };
      for (const side of [socket, remote]) {
        side.on('error', end);
        side.on('close', end);
      }
      socket.pipe(remote).pipe(socket);
    });
    upstream.end();
  }

  return {
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? '/', 'http://local');
      if (!isSignalling(url.pathname)) return false;
      socket.on('error', () => socket.destroy());
      connect(request, socket, head, url).catch((error: unknown) => {
        deps.log.warn({ err: error }, 'signalling refused');
        refuse(socket, '503 Unavailable');
      });
      return true;
    },
    async validate(path) {
      const url = new URL(path, 'http://local');
      const seat = await permitted(url, undefined);
      if (!seat) return { status: 403, body: 'refused' };
      const answer = await fetch(new URL(`${url.pathname}${url.search}`, target)).catch(() => null);
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
