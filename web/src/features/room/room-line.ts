import { ConnectionState, DisconnectReason, RoomEvent, Track } from 'livekit-client';
import { isHandedOver } from '../../api/acting.ts';
import { ApiError } from '../../api/client.ts';
import { below, type Rung } from './ladder.ts';
import { keepLadder } from './line-ladder.ts';
import { closeDevices, takeAhead } from './own-devices.ts';
import { askToken, isReady, takeReady } from './ready-line.ts';
import { type RoomSeat, seatOf } from './room-seat.ts';
import { thinVoice } from './thin-voice.ts';
import { interpreterPermissions } from './voices.ts';

export type LineState = {
  /** `elsewhere`: this seat is open in another window, which has the connection now. */
  connection: 'connecting' | 'connected' | 'reconnecting' | 'away' | 'elsewhere';
  seats: RoomSeat[];
  microphone: boolean;
  camera: boolean;
  /** This seat's screen is being shown. */
  screen: boolean;
  /** This seat's own microphone while it is heard. */
  voice: MediaStreamTrack | null;
  /** What the line still carries; less when it is poor. */
  rung: Rung;
  /** Why the server refuses to let us in, if it does. */
  refused: ApiError | null;
  /** What the device itself refuses. */
  deviceProblem: string | null;
};

export type RoomLine = {
  state(): LineState;
  subscribe(watcher: () => void): () => void;
  setMicrophone(on: boolean): void;
  setCamera(on: boolean): void;
  /** Shows this screen to everybody, or no longer; the browser asks which window. */
  setScreen(on: boolean): void;
  /** Of an interpreter: who of these hears the voice; null for everybody else's seat. */
  setListeners(seats: readonly Listener[] | null): void;
  /** Every picture back at once, however the line was. */
  setPictures(): void;
  /** Asks once more after a refusal, or when the seat was open elsewhere. */
  again(): void;
};

export type Listener = { identity: string; kind: string; hearsInterpreter: boolean };

/** Pause before asking for a fresh token again when LiveKit's own reconnection has given up. */
const REJOIN_MS = 2000;
/** A line that nobody took over after a hand-over is closed after so long. */
const UNCLAIMED_MS = 10_000;

const rendering = [
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.LocalTrackPublished,
  RoomEvent.LocalTrackUnpublished,
  RoomEvent.ActiveSpeakersChanged,
  RoomEvent.ConnectionQualityChanged,
] as const;

type Open = RoomLine & { users: number; close(): void };
const lines = new Map<string, Open>();

/** The page's one connection of this session's seat, opened by the first who needs it. */
export function takeLine(sessionId: string): RoomLine {
  const line = lines.get(sessionId) ?? openLine(sessionId);
  lines.set(sessionId, line);
  line.users += 1;
  return line;
}

/** The last who lets go closes it; while the screen is handed over it stays, whatever page is shown. */
export function releaseLine(sessionId: string): void {
  const line = lines.get(sessionId);
  if (!line) return;
  line.users -= 1;
  if (line.users > 0) return;
  if (isHandedOver()) return;
  line.close();
  lines.delete(sessionId);
}

/** Keeps the line over a hand-over, opening it after a reload; given back, the page that comes next takes it up. */
export function holdLine(sessionId: string): { line: RoomLine; release(): void } {
  const line = takeLine(sessionId);
  return {
    line,
    release() {
      const held = lines.get(sessionId);
      if (held) held.users -= 1;
      setTimeout(() => {
        if (isHandedOver() || !held || held.users > 0 || lines.get(sessionId) !== held) return;
        held.close();
        lines.delete(sessionId);
      }, UNCLAIMED_MS);
    },
  };
}

/** The way in was pressed: what lies ready connects while the room's page is drawn; unclaimed, it is closed. */
export function begin(sessionId: string): void {
  if (isReady(sessionId)) holdLine(sessionId).release();
}

/**
 * One seat in the video room: token, connection through our own origin, own camera and microphone. When LiveKit's
 * reconnection gives up (its server died, the network went), a fresh token is asked for until the line is closed.
 */
function openLine(sessionId: string): Open {
  const { room, token: readyToken } = takeReady(sessionId);
  let first = readyToken;
  const ahead = takeAhead();
  let sent: Promise<void> | undefined;
  const watchers = new Set<() => void>();
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let canPublish = false;
  let listeners: readonly Listener[] | null = null;
  let state: LineState = {
    connection: 'connecting',
    seats: [],
    microphone: true,
    camera: true,
    screen: false,
    voice: null,
    rung: 'full',
    refused: null,
    deviceProblem: null,
  };
  const update = (change: Partial<LineState> = {}) => {
    const seats = [room.localParticipant, ...room.remoteParticipants.values()]
      .filter((p) => p.identity !== '')
      .map((p) => seatOf(p, p === room.localParticipant));
    const screen = room.localParticipant.isScreenShareEnabled;
    const own = room.localParticipant.getTrackPublication(Track.Source.Microphone);
    const heard = own && !own.isMuted && room.state === ConnectionState.Connected;
    const voice = (heard && own.track?.mediaStreamTrack) || null;
    state = { ...state, seats, screen, voice, ...change };
    for (const watcher of watchers) watcher();
  };

  const join = async () => {
    if (closed) return;
    clearTimeout(timer);
    try {
      const { token, canPublish: may } = first ?? (await askToken(sessionId));
      first = null;
      if (closed) return;
      update({ refused: null });
      await room.connect(location.origin.replace(/^http/, 'ws'), token, {
        // A line that fails begins with sound: what else there is comes when it carries more.
        autoSubscribe: !below(ladder.rung(), 'soundOnly'),
        maxRetries: 3,
      });
      canPublish = may;
      // Opened before, and nothing may be sent yet: the light goes out.
      if (!may) sent ??= closeDevices(ahead);
      update({ connection: 'connected' });
      void publish();
    } catch (error) {
      if (closed) return;
      if (error instanceof ApiError && error.status > 0 && error.status < 500)
        return update({ connection: 'away', refused: error });
      update({ connection: 'away' });
      timer = setTimeout(join, REJOIN_MS);
    }
  };

  const cameraWanted = () => state.camera && !below(ladder.rung(), 'ownOff');

  /** What was opened before goes out first, once; what is not wanted any more is closed. */
  const sendAhead = async () => {
    for (const track of (await ahead) ?? []) {
      const wanted = track.kind === Track.Kind.Audio ? state.microphone : cameraWanted();
      if (closed || !wanted) track.stop();
      else await room.localParticipant.publishTrack(track).catch(() => track.stop());
    }
  };

  /** Brings microphone and camera to what is wanted; sound first, it is what people need most on a poor line. */
  const publish = async () => {
    const local = room.localParticipant;
    if (closed || !canPublish) return;
    // On a poor line the own picture is given up before the others' sound; while LiveKit seeks its way back, at once.
    const picture = cameraWanted();
    const away = room.state !== ConnectionState.Connected;
    if (away && (picture || state.connection !== 'reconnecting')) return;
    try {
      if (away) return void (await local.setCameraEnabled(false));
      sent ??= sendAhead();
      await sent;
      await local.setMicrophoneEnabled(state.microphone);
      await thinVoice(local, below(ladder.rung(), 'soundOnly'));
      await local.setCameraEnabled(picture);
      update({ deviceProblem: null });
    } catch (error) {
      update({ deviceProblem: error instanceof DOMException ? error.name : 'unknown' });
    }
  };

  /** Who may take this interpreter's tracks; LiveKit's server enforces what the publisher sets. */
  const permit = () => {
    if (!listeners || room.state !== ConnectionState.Connected) return;
    const local = room.localParticipant;
    const pictures = [...local.videoTrackPublications.values()].map((track) => track.trackSid);
    local.setTrackSubscriptionPermissions(false, interpreterPermissions(listeners, local.identity, pictures));
  };

  room
    .on(RoomEvent.ConnectionStateChanged, (now) => {
      if (now === ConnectionState.Connected) {
        update({ connection: 'connected' });
        void publish();
      }
      if (now === ConnectionState.Reconnecting || now === ConnectionState.SignalReconnecting)
        update({ connection: 'reconnecting' });
    })
    .on(RoomEvent.Disconnected, (reason) => {
      if (closed || reason === DisconnectReason.CLIENT_INITIATED) return;
      if (reason === DisconnectReason.DUPLICATE_IDENTITY) return update({ connection: 'elsewhere' });
      update({ connection: 'away' });
      timer = setTimeout(join, REJOIN_MS);
    })
    .on(RoomEvent.TrackMuted, (publication, participant) => {
      // Unplugged, or no longer allowed: LiveKit could not open it again and has muted it by itself.
      const wanted =
        publication.source === Track.Source.Microphone
          ? state.microphone
          : publication.source === Track.Source.Camera && cameraWanted();
      if (participant === room.localParticipant && wanted) update({ deviceProblem: 'ended' });
    })
    .on(RoomEvent.ParticipantPermissionsChanged, () => {
      canPublish = room.localParticipant.permissions?.canPublish ?? false;
      void publish();
    });
  const seeking = () =>
    state.refused === null && (state.connection === 'reconnecting' || state.connection === 'away');
  const ladder = keepLadder(room, seeking, (rung) => {
    update({ rung });
    void publish();
  });
  // On entering a dozen come at once: the page is drawn once for them.
  let soon: ReturnType<typeof setTimeout> | undefined;
  const updateSoon = () => {
    soon ??= setTimeout(() => {
      soon = undefined;
      update();
    });
  };
  for (const event of rendering) room.on(event, updateSoon);
  // A track that is published anew has a new id.
  room.on(RoomEvent.LocalTrackPublished, () => permit());
  // Plugged in again: tried again by itself.
  const plugged = () => void publish();
  navigator.mediaDevices?.addEventListener('devicechange', plugged);
  void join();

  return {
    users: 0,
    state: () => state,
    subscribe(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    setMicrophone(on) {
      update({ microphone: on });
      void publish();
    },
    setCamera(on) {
      update({ camera: on });
      void publish();
    },
    setScreen(on) {
      void room.localParticipant
        .setScreenShareEnabled(on, { audio: false, contentHint: 'text' })
        .catch((error) => {
          // Whoever closes the browser's question has chosen; nothing is wrong.
          if (!(error instanceof DOMException && error.name === 'NotAllowedError'))
            update({ deviceProblem: error instanceof DOMException ? error.name : 'unknown' });
        })
        .finally(() => update());
    },
    setListeners(seats) {
      listeners = seats;
      permit();
    },
    setPictures: () => ladder.reset(),
    again() {
      if (state.refused === null && state.connection !== 'elsewhere') return;
      update({ connection: 'connecting', refused: null });
      void join();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      clearTimeout(soon);
      ladder.stop();
      navigator.mediaDevices?.removeEventListener('devicechange', plugged);
      sent ??= closeDevices(ahead);
      void room.disconnect();
    },
  };
}
