import type { RoomGrants } from '../../server/src/domain/room-grants.ts';
import type { Video, VideoParticipant, VideoWebhook } from '../../server/src/ports/video.ts';

/** An in-memory video server that remembers what it was asked. */
export type FakeVideo = Video & {
  rooms: Map<string, Map<string, VideoParticipant>>;
  calls: { verb: string; room: string; identity?: string; grants?: RoomGrants }[];
  /** Puts somebody into a room, as a browser's connection would. */
  connect(room: string, identity: string): void;
  down: boolean;
  /** Answers that a revoked track is still published, and removes nobody. */
  stubborn: boolean;
};

export function fakeVideo(): FakeVideo {
  const rooms: FakeVideo['rooms'] = new Map();
  const calls: FakeVideo['calls'] = [];
  const fake: FakeVideo = {
    rooms,
    calls,
    down: false,
    stubborn: false,
    connect(room, identity) {
      const people = rooms.get(room) ?? new Map();
      rooms.set(
        room,
        people.set(identity, {
          identity,
          joinedAt: new Date(),
          publishing: ['camera', 'microphone'],
          tracks: 2,
          grants: { canPublish: true, canSubscribe: true, canPublishSources: ['camera', 'microphone'] },
        }),
      );
    },
    async issueToken({ room, identity, grants }) {
      calls.push({ verb: 'issueToken', room, identity, grants });
      return `token.${room}.${identity}`;
    },
    async createRoom(room) {
      calls.push({ verb: 'createRoom', room });
      if (!rooms.has(room)) rooms.set(room, new Map());
    },
    async deleteRoom(room) {
      calls.push({ verb: 'deleteRoom', room });
      rooms.delete(room);
    },
    async listRooms() {
      if (fake.down) throw new Error('video server is down');
      return [...rooms.keys()];
    },
    async listParticipants(room) {
      if (fake.down) throw new Error('video server is down');
      return [...(rooms.get(room)?.values() ?? [])];
    },
    async removeParticipant(room, identity) {
      calls.push({ verb: 'removeParticipant', room, identity });
      if (!fake.stubborn) rooms.get(room)?.delete(identity);
    },
    async updateGrants(room, identity, grants) {
      calls.push({ verb: 'updateGrants', room, identity, grants });
      const person = rooms.get(room)?.get(identity);
      if (!person) return;
      person.grants = grants;
      if (!grants.canPublish && !fake.stubborn) Object.assign(person, { publishing: [], tracks: 0 });
    },
    async receiveWebhook(rawBody, authorization) {
      if (authorization !== 'signed') throw new Error('unsigned');
      const body = JSON.parse(rawBody) as Omit<VideoWebhook, 'createdAt'> & { createdAt: string };
      return { ...body, createdAt: new Date(body.createdAt) };
    },
    async check() {
      if (fake.down) throw new Error('video server is down');
    },
  };
  return fake;
}
