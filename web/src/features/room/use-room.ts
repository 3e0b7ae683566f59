import {
  ConnectionQuality,
  ConnectionState,
  DisconnectReason,
  type LocalTrackPublication,
  type Participant,
  Room,
  RoomEvent,
  Track,
  VideoPresets,
} from 'livekit-client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, api, call } from '../../api/client.ts';

export type RoomSeat = {
  identity: string;
  local: boolean;
  video: Track | null;
  audio: Track | null;
  quality: 'good' | 'poor' | 'lost' | 'unknown';
  speaking: boolean;
};

export type RoomState = {
  connection: 'connecting' | 'connected' | 'reconnecting' | 'away';
  seats: RoomSeat[];
  microphone: boolean;
  camera: boolean;
  /** Why the server refuses to let us in, if it does. */
  refused: ApiError | null;
  /** What the device itself refuses. */
  deviceProblem: string | null;
  setMicrophone(on: boolean): void;
  setCamera(on: boolean): void;
};

/** Pause before asking for a fresh token again when LiveKit's own reconnection has given up. */
const REJOIN_MS = 2000;

/**
 * One seat in the video room: token, connection through our own origin, own camera and microphone. When LiveKit's
 * reconnection gives up, a fresh token is asked for, for as long as the page is open.
 */
export function useRoom(sessionId: string, active: boolean, stage: string): RoomState {
  const room = useRef<Room | null>(null);
  const [, render] = useState(0);
  const [connection, setConnection] = useState<RoomState['connection']>('connecting');
  const [refused, setRefused] = useState<ApiError | null>(null);
  const [deviceProblem, setDeviceProblem] = useState<string | null>(null);
  const [wanted, setWanted] = useState({ microphone: true, camera: true });
  const [canPublish, setCanPublish] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a refused entry is tried again when the stage changes
  useEffect(() => {
    if (!active) return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const current = new Room({
      adaptiveStream: true,
      dynacast: true,
      videoCaptureDefaults: { resolution: VideoPresets.h540.resolution },
      publishDefaults: {
        videoCodec: 'vp8',
        simulcast: true,
        videoSimulcastLayers: [VideoPresets.h180, VideoPresets.h360],
        red: true,
        dtx: true,
      },
      disconnectOnPageLeave: true,
    });
    room.current = current;
    const update = () => render((n) => n + 1);
    const join = async () => {
      if (stopped) return;
      try {
        const { token, canPublish: may } = await call(
          api.sessions[':sessionId'].token.$post({ param: { sessionId } }),
        );
        if (stopped) return;
        setRefused(null);
        await current.connect(location.origin.replace(/^http/, 'ws'), token, {
          autoSubscribe: true,
          maxRetries: 3,
        });
        setCanPublish(may);
        setConnection('connected');
      } catch (error) {
        if (stopped) return;
        setConnection('away');
        if (error instanceof ApiError && error.status > 0 && error.status < 500) return setRefused(error);
        timer = setTimeout(join, REJOIN_MS);
      }
    };
    current
      .on(RoomEvent.ConnectionStateChanged, (state) => {
        if (state === ConnectionState.Connected) setConnection('connected');
        if (state === ConnectionState.Reconnecting || state === ConnectionState.SignalReconnecting)
          setConnection('reconnecting');
      })
      .on(RoomEvent.Disconnected, (reason) => {
        if (
          stopped ||
          reason === DisconnectReason.CLIENT_INITIATED ||
          reason === DisconnectReason.DUPLICATE_IDENTITY
        )
          return;
        setConnection('away');
        timer = setTimeout(join, REJOIN_MS);
      })
      .on(RoomEvent.ParticipantPermissionsChanged, () =>
        setCanPublish(current.localParticipant.permissions?.canPublish ?? false),
      );
    for (const event of [
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
    ]) {
      current.on(event, update);
    }
    void join();
    return () => {
      stopped = true;
      clearTimeout(timer);
      void current.disconnect();
      room.current = null;
    };
  }, [sessionId, active, stage === 'SCHEDULED', stage === 'ENDED']);

  useEffect(() => {
    const local = room.current?.localParticipant;
    if (!local || connection !== 'connected' || !canPublish) return;
    const apply = async (kind: 'microphone' | 'camera') => {
      try {
        if (kind === 'microphone')
          await local.setMicrophoneEnabled(wanted.microphone, {
            echoCancellation: true,
            noiseSuppression: true,
          });
        else await local.setCameraEnabled(wanted.camera);
        render((n) => n + 1);
      } catch (error) {
        setDeviceProblem(error instanceof DOMException ? error.name : 'unknown');
      }
    };
    // Sound first: it is what people need most on a poor line.
    void apply('microphone').then(() => apply('camera'));
  }, [connection, canPublish, wanted]);

  const seats = [room.current?.localParticipant, ...(room.current?.remoteParticipants.values() ?? [])]
    .filter((p): p is NonNullable<typeof p> => p !== undefined && p.identity !== '')
    .map((p) => seatOf(p, p === room.current?.localParticipant));
  return {
    connection,
    seats,
    microphone: wanted.microphone,
    camera: wanted.camera,
    refused,
    deviceProblem,
    setMicrophone: useCallback((on: boolean) => setWanted((w) => ({ ...w, microphone: on })), []),
    setCamera: useCallback((on: boolean) => setWanted((w) => ({ ...w, camera: on })), []),
  };
}

const qualities = {
  [ConnectionQuality.Excellent]: 'good',
  [ConnectionQuality.Good]: 'good',
  [ConnectionQuality.Poor]: 'poor',
  [ConnectionQuality.Lost]: 'lost',
  [ConnectionQuality.Unknown]: 'unknown',
} as const;

function seatOf(participant: Participant, local: boolean): RoomSeat {
  const live = (source: Track.Source) => {
    const publication = participant.getTrackPublication(source) as LocalTrackPublication | undefined;
    return publication && !publication.isMuted && publication.track ? publication.track : null;
  };
  return {
    identity: participant.identity,
    local,
    video: live(Track.Source.Camera),
    audio: local ? null : live(Track.Source.Microphone),
    quality: qualities[participant.connectionQuality],
    speaking: participant.isSpeaking,
  };
}
