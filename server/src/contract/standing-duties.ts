import type { Duty } from './enums.ts';

/** Duties that an administrator assigns as standing ones, and where each holds. */
export const standingDuties = {
  DIRECTOR: 'station',
  RECORDER: 'station',
  GRID_WORKER: 'station',
  MEDIATOR: 'committee',
  SEAL_HOLDER: 'committee',
  GUIDING_JUDGE: 'court',
  CONFIRMING_JUDGE: 'court',
  CENTRE: 'court',
  POLICE_LIAISON: 'court',
  SUPERVISOR: 'court',
  ADMINISTRATOR: 'court',
  AUDITOR: 'court',
} as const satisfies Partial<Record<Duty, 'station' | 'committee' | 'court'>>;
export type StandingDutyName = keyof typeof standingDuties;
