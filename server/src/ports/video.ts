import type { RoomGrants } from '../domain/room-grants.ts';

export type VideoParticipant = { identity: string; joinedAt: Date; publishing: string[] };

/** The video server. Every verb is idempotent: acting on a missing room or participant succeeds. */
export type Video = {
  /** Signs a join token. `ttlSeconds` at most 300; every grant explicit. */
  issueToken(input: {
    room: string;
    identity: string;
    grants: RoomGrants;
    ttlSeconds: number;
  }): Promise<string>;
  createRoom(room: string): Promise<void>;
  deleteRoom(room: string): Promise<void>;
  listRooms(): Promise<string[]>;
  listParticipants(room: string): Promise<VideoParticipant[]>;
  removeParticipant(room: string, identity: string): Promise<void>;
  muteTracks(room: string, identity: string, kind: 'audio' | 'video'): Promise<void>;
  updateGrants(room: string, identity: string, grants: RoomGrants): Promise<void>;
  /** Verifies a webhook's signature over the raw body and returns its event. */
  receiveWebhook(rawBody: string, authorization: string): Promise<VideoWebhook>;
  /** Throws when the server does not answer. */
  check(): Promise<void>;
};

export type VideoWebhook = {
  id: string;
  event: string;
  room?: string;
  identity?: string;
  createdAt: Date;
};
