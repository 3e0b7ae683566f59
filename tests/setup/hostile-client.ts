import { createRequire } from 'node:module';

type Signal = { message: { case: string; value: Record<string, unknown> } };
const fromServer = createRequire(new URL('../../server/package.json', import.meta.url));
const fromSdk = createRequire(fromServer.resolve('livekit-server-sdk'));
const { SessionDescription, SignalRequest, SignalResponse, UpdateSubscription } = fromSdk(
  '@livekit/protocol',
) as {
  SignalRequest: new (init: object) => { toBinary(): Uint8Array };
  SignalResponse: { fromBinary(bytes: Uint8Array): Signal };
  UpdateSubscription: new (init: object) => object;
  SessionDescription: new (init: object) => object;
};

/** Speaks LiveKit's signalling by hand, as a hostile page would: everything that the server answers. */
export async function hostileClient(
  appUrl: string,
  token: string,
  wanted: string[],
): Promise<{ offers: string; people: string[]; code: number }> {
  const url = `${appUrl.replace(/^http/, 'ws')}/rtc?access_token=${token}&auto_subscribe=0&protocol=9&sdk=js`;
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  const got = { offers: '', people: [] as string[], code: 0 };
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => socket.close(), 4000);
    socket.onmessage = ({ data }) => {
      const { message } = SignalResponse.fromBinary(new Uint8Array(data as ArrayBuffer));
      if (message.case === 'join') {
        const others = message.value.otherParticipants as { identity: string }[];
        got.people = others.map((p) => p.identity);
        const subscription = new UpdateSubscription({ trackSids: wanted, subscribe: true });
        socket.send(new SignalRequest({ message: { case: 'subscription', value: subscription } }).toBinary());
      }
      if (message.case === 'offer') {
        const sdp = String(message.value.sdp);
        got.offers += sdp;
        // Answered, so that the server goes on to offer what was asked for; no media ever flows to us.
        const answer = new SessionDescription({ type: 'answer', sdp: answerTo(sdp), id: message.value.id });
        socket.send(new SignalRequest({ message: { case: 'answer', value: answer } }).toBinary());
      }
      if (message.case === 'update')
        got.people.push(...(message.value.participants as { identity: string }[]).map((p) => p.identity));
    };
    socket.onclose = ({ code }) => {
      clearTimeout(timer);
      got.code = code;
      resolve();
    };
  });
  return got;
}

/** An answer that the server takes and that never carries media. */
const answerTo = (offer: string): string =>
  offer
    .replaceAll('a=setup:actpass', 'a=setup:active')
    .replaceAll('a=sendonly', 'a=recvonly')
    .replaceAll(/a=ice-ufrag:.*/g, 'a=ice-ufrag:hostilehostile12')
    .replaceAll(/a=ice-pwd:.*/g, 'a=ice-pwd:hostilehostilehostilehostile1234')
    .replaceAll(/a=(ssrc|msid):?.*\r\n/g, '');
