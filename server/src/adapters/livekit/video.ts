import { AccessToken, RoomServiceClient, TrackSource, TwirpError, WebhookReceiver } from 'livekit-server-sdk';
import type { RoomGrants } from '../../domain/room-grants.ts';
import type { Video } from '../../ports/video.ts';

const sources = {
  camera: TrackSource.CAMERA,
  microphone: TrackSource.MICROPHONE,
  screen_share: TrackSource.SCREEN_SHARE,
  screen_share_audio: TrackSource.SCREEN_SHARE_AUDIO,
} as const;

type Source = keyof typeof sources;
const nameOf = (source: TrackSource): Source[] =>
  (Object.keys(sources) as Source[]).filter((name) => sources[name] === source);

/** The video port on a private livekit-server. `url` is ws(s)://…; every verb tolerates what is already gone. */
export function livekitVideo(config: { url: string; key: string; secret: string }): Video {
  const http = config.url.replace(/^ws/, 'http');
  const rooms = new RoomServiceClient(http, config.key, config.secret, { requestTimeout: 5 });
  const webhooks = new WebhookReceiver(config.key, config.secret);
  return {
    async issueToken({ room, identity, grants, ttlSeconds }) {
      const token = new AccessToken(config.key, config.secret, { identity, ttl: ttlSeconds });
      token.addGrant({ ...grants, room, canPublishSources: grants.canPublishSources.map((s) => sources[s]) });
      return token.toJwt();
    },
    async createRoom(room) {
      await rooms.createRoom({ name: room, emptyTimeout: 600, departureTimeout: 60, maxParticipants: 30 });
    },
    deleteRoom: (room) => gone(rooms.deleteRoom(room)),
    async listRooms() {
      return (await rooms.listRooms()).map((r) => r.name);
    },
    async listParticipants(room) {
      const people = await rooms.listParticipants(room).catch((error) => {
        if (isGone(error)) return [];
        throw error;
      });
      return people.map((p) => ({
        identity: p.identity,
        joinedAt: new Date(Number(p.joinedAt) * 1000),
        publishing: p.tracks.filter((t) => !t.muted).flatMap((t) => nameOf(t.source)),
        tracks: p.tracks.length,
        grants: {
          canPublish: p.permission?.canPublish ?? false,
          canSubscribe: p.permission?.canSubscribe ?? false,
          canPublishSources: (p.permission?.canPublishSources ?? []).flatMap(nameOf),
        },
      }));
    },
    removeParticipant: (room, identity) => gone(rooms.removeParticipant(room, identity)),
    async updateGrants(room, identity, grants) {
      const permission = permissionOf(grants);
      await gone(rooms.updateParticipant(room, identity, { permission }).then(() => undefined));
    },
    async receiveWebhook(rawBody, authorization) {
      const event = await webhooks.receive(rawBody, authorization);
      return {
        id: event.id,
        event: event.event,
        ...(event.room ? { room: event.room.name } : {}),
        ...(event.participant ? { identity: event.participant.identity } : {}),
        createdAt: new Date(Number(event.createdAt) * 1000),
      };
    },
    async check() {
      await rooms.listRooms(['-']);
    },
  };
}

function permissionOf(grants: RoomGrants) {
  return {
    canSubscribe: grants.canSubscribe,
    canPublish: grants.canPublish,
    canPublishData: grants.canPublishData,
    canUpdateMetadata: grants.canUpdateOwnMetadata,
    canPublishSources: grants.canPublishSources.map((s) => sources[s]),
    hidden: grants.hidden,
    recorder: grants.recorder,
  };
}

const isGone = (error: unknown): boolean =>
  error instanceof TwirpError && (error.status === 404 || error.code === 'not_found');

async function gone(call: Promise<void>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!isGone(error)) throw error;
  });
}
