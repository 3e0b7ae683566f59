import { describe, expect, test } from 'vitest';
import { SeatKind, SessionStatus } from '../contract/enums.ts';
import { type GrantFacts, recorderGrants, roomGrants } from './room-grants.ts';

const flags = [true, false];
const everyFacts: GrantFacts[] = SeatKind.options.flatMap((seatKind) =>
  SessionStatus.options.flatMap((stage) =>
    flags.flatMap((removed) =>
      flags.flatMap((host) =>
        flags.map((beingChecked) => ({ seatKind, stage, removed, host, beingChecked })),
      ),
    ),
  ),
);
const fields = [
  'canPublish',
  'canPublishData',
  'canPublishSources',
  'canSubscribe',
  'canUpdateOwnMetadata',
  'hidden',
  'ingressAdmin',
  'recorder',
  'roomAdmin',
  'roomCreate',
  'roomJoin',
  'roomList',
  'roomRecord',
];
const facts = (change: Partial<GrantFacts>): GrantFacts => ({
  seatKind: 'PARTY',
  stage: 'OPEN',
  removed: false,
  host: false,
  beingChecked: false,
  ...change,
});

describe('what a seat may do in its room', () => {
  test('every field is explicit, for every seat at every stage', () => {
    for (const f of everyFacts) {
      const grants = roomGrants(f);
      expect(Object.keys(grants).sort()).toEqual(fields);
      expect(Object.values(grants)).not.toContain(undefined);
    }
  });

  test('nobody administers, creates, lists, records, hides, sends data or renames themselves', () => {
    for (const f of everyFacts) {
      const { roomAdmin, roomCreate, roomList, roomRecord, ingressAdmin, hidden, recorder, ...rest } =
        roomGrants(f);
      expect([roomAdmin, roomCreate, roomList, roomRecord, ingressAdmin, hidden, recorder]).not.toContain(
        true,
      );
      expect([rest.canPublishData, rest.canUpdateOwnMetadata]).toEqual([false, false]);
      expect(rest.canPublish).toBe(rest.canPublishSources.length > 0);
    }
  });

  test('in a private talk: all of the second room and nothing of the main one, for everybody else the other way round', () => {
    for (const f of everyFacts) {
      const main = roomGrants(f);
      const nothing = { roomJoin: false, canPublish: false, canSubscribe: false, canPublishSources: [] };
      expect(roomGrants({ ...f, room: 'CAUCUS', inCaucus: true })).toEqual(main);
      expect(roomGrants({ ...f, inCaucus: true })).toMatchObject(nothing);
      expect(roomGrants({ ...f, room: 'CAUCUS' })).toMatchObject(nothing);
    }
  });

  test('whoever was removed gets nothing, host or not', () => {
    for (const f of everyFacts.filter((each) => each.removed)) {
      const { roomJoin, canPublish, canSubscribe } = roomGrants(f);
      expect([roomJoin, canPublish, canSubscribe]).toEqual([false, false, false]);
    }
  });

  test('only a session that runs lets anybody in', () => {
    const inside = new Set(everyFacts.filter((f) => roomGrants(f).roomJoin).map((f) => f.stage));
    expect([...inside].sort()).toEqual(['CHECKING', 'OPEN', 'PAUSED']);
  });

  test('核对中: media between the host and one seat, the others stay connected without', () => {
    const media = (change: Partial<GrantFacts>) => {
      const { roomJoin, canPublish, canSubscribe } = roomGrants(facts({ stage: 'CHECKING', ...change }));
      return [roomJoin, canPublish, canSubscribe];
    };
    expect(media({ host: true, seatKind: 'MEDIATOR' })).toEqual([true, true, true]);
    expect(media({ beingChecked: true })).toEqual([true, true, true]);
    // Whoever watches for training is seen by name and sends nothing, whoever asks.
    expect(media({ seatKind: 'OBSERVER', beingChecked: true })).toEqual([true, false, true]);
    for (const seatKind of SeatKind.options) expect(media({ seatKind })).toEqual([true, false, false]);
  });

  test('a pause keeps everybody connected and silent', () => {
    const { roomJoin, canPublish, canSubscribe } = roomGrants(facts({ stage: 'PAUSED', host: true }));
    expect([roomJoin, canPublish, canSubscribe]).toEqual([true, false, false]);
  });

  test('the screen is shared by host and judge alone', () => {
    const shares = (change: Partial<GrantFacts>) =>
      roomGrants(facts(change)).canPublishSources.includes('screen_share');
    expect([shares({ host: true, seatKind: 'STATION' }), shares({ seatKind: 'JUDGE' })]).toEqual([
      true,
      true,
    ]);
    for (const seatKind of SeatKind.options.filter((kind) => kind !== 'JUDGE'))
      expect(shares({ seatKind })).toBe(false);
  });

  test('what the host took away is not published, and nothing left is no publishing at all', () => {
    const sources = (change: Partial<GrantFacts>) => roomGrants(facts(change)).canPublishSources;
    expect(sources({ microphoneOff: true })).toEqual(['camera']);
    expect(sources({ cameraOff: true })).toEqual(['microphone']);
    expect(sources({ seatKind: 'JUDGE', microphoneOff: true })).toEqual(['camera', 'screen_share']);
    // Two devices in one room echo: the second is silent there, and has its voice in a talk of its own.
    expect(sources({ besideStation: true })).toEqual(['camera']);
    expect(sources({ besideStation: true, room: 'CAUCUS', inCaucus: true })).toEqual([
      'camera',
      'microphone',
    ]);
    for (const stage of ['OPEN', 'CHECKING'] as const) {
      const muted = roomGrants(facts({ stage, beingChecked: true, microphoneOff: true, cameraOff: true }));
      expect([muted.canPublish, muted.canSubscribe, muted.canPublishSources]).toEqual([false, true, []]);
    }
  });
});

test('the hidden participant that records receives in an open session without a private talk, and sends nothing ever', () => {
  const all = SessionStatus.options.flatMap((stage) =>
    flags.flatMap((running) =>
      flags.map((caucus) => ({
        facts: { stage, running, caucus },
        grants: recorderGrants({ stage, running, caucus }),
      })),
    ),
  );
  for (const { facts: f, grants } of all) {
    expect(Object.keys(grants).sort()).toEqual(fields);
    expect([grants.canPublish, grants.canPublishSources, grants.roomAdmin]).toEqual([false, [], false]);
    expect(grants.canSubscribe).toBe(f.stage === 'OPEN' && f.running && !f.caucus);
    expect(grants.roomJoin).toBe(f.running && ['OPEN', 'PAUSED'].includes(f.stage));
    // Whoever is inside is hidden: other people's lists never name it.
    expect(grants.hidden).toBe(grants.roomJoin);
  }
});
