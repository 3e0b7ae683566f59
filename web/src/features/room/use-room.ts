import { useEffect, useState, useSyncExternalStore } from 'react';
import { type LineState, type RoomLine, releaseLine, takeLine } from './room-line.ts';

export type RoomState = LineState & {
  setMicrophone(on: boolean): void;
  setCamera(on: boolean): void;
  setScreen(on: boolean): void;
  setListeners: RoomLine['setListeners'];
  setPictures(): void;
  again(): void;
};

const closedState: LineState = {
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
const closedLine: RoomLine = {
  state: () => closedState,
  subscribe: () => () => undefined,
  setMicrophone: () => undefined,
  setCamera: () => undefined,
  setScreen: () => undefined,
  setListeners: () => undefined,
  setPictures: () => undefined,
  again: () => undefined,
};

/**
 * The seat's connection while `active`. It belongs to the page, not to this component, so that it outlives a
 * hand-over of the screen. A refused entry is tried again when the `stage` changes.
 */
export function useRoom(sessionId: string, active: boolean, stage: string): RoomState {
  const [line, setLine] = useState<RoomLine>(closedLine);
  useEffect(() => {
    if (!active) return;
    setLine(takeLine(sessionId));
    return () => {
      releaseLine(sessionId);
      setLine(closedLine);
    };
  }, [sessionId, active]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another stage may let in whom the last one refused
  useEffect(() => line.again(), [line, stage]);
  const state = useSyncExternalStore(line.subscribe, line.state);
  const { setMicrophone, setCamera, setScreen, setListeners, setPictures, again } = line;
  return { ...state, setMicrophone, setCamera, setScreen, setListeners, setPictures, again };
}
