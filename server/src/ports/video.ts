import type { RoomGrants } from '../domain/room-grants.ts';

export type MediaGrants = Pick<RoomGrants, 'canPublish' | 'canSubscribe' | 'canPublishSources'>;

export type VideoParticipant = {
  identity: string;
  joinedAt: Date;
  /** Sources that send now. */
  publishing: string[];
  /** Every track that is published, muted or not. */
  tracks: number;
  /** What the server lets this participant do at this moment. */
  grants: MediaGrants;
};

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
  /** Changes what a participant may do; what it may no longer send stops at once. */
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
