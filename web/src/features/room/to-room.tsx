import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { prepareRoomPage } from '../../shell/room-page.ts';
import { EnterButton } from './enter-button.tsx';

/** The staff's way into a session's room, from wherever it is offered. */
export function ToRoom({
  sessionId,
  ...rest
}: {
  sessionId: string;
  children: ReactNode;
  next?: boolean;
  big?: boolean;
  wide?: boolean;
}) {
  const [, go] = useLocation();
  return (
    <EnterButton
      {...rest}
      sessionId={sessionId}
      load={prepareRoomPage}
      onEnter={() => go(`/sessions/${sessionId}`)}
    />
  );
}
