import type { RecordingStatus, RecordingStop } from '../../contract/enums.ts';

export type RecordedRecording = {
  id: string;
  status: RecordingStatus;
  stopReason: RecordingStop | null;
  stoppedAt: Date | null;
  chunkCount: number;
  headHash: string;
  parts: { number: number; firstChunkAt: Date | null; lastChunkAt: Date | null; endedAt: Date | null }[];
};

type Line = { id: string; at: Date; text: string };

const reasons: Record<RecordingStop, string> = {
  HOST: '主持人停止',
  CONSENT_WITHDRAWN: '一方撤回录制同意',
  ARRIVAL: '到场人员未同意录制',
  SESSION_OVER: '本次调解结束或转为线下',
  NOT_STARTED: '录制设备故障',
};

/** When a recording began, was cut off and for how long, went on, and ended with which head of its hash chain. */
export function recordingEvents(recording: RecordedRecording): Line[] {
  const parts = recording.parts.filter((part) => part.firstChunkAt !== null);
  const lines = parts.flatMap((part, i): Line[] => {
    const at = part.firstChunkAt ?? new Date(0);
    const before = parts[i - 1];
    if (!before) return [{ id: `recording:${recording.id}`, at, text: '经在场各方同意，开始录音录像。' }];
    const lost = before.lastChunkAt ?? at;
    const seconds = Math.max(1, Math.round((at.getTime() - lost.getTime()) / 1000));
    return [
      { id: `recording-lost:${recording.id}:${before.number}`, at: lost, text: '录音录像中断。' },
      {
        id: `recording-again:${recording.id}:${part.number}`,
        at,
        text: `录音录像恢复，为第${i + 1}段，中断${spelled(seconds)}，中断期间没有录制。`,
      },
    ];
  });
  if (recording.stoppedAt && parts.length > 0)
    lines.push({
      id: `recording-end:${recording.id}`,
      at: recording.stoppedAt,
      text: `停止录音录像（${recording.stopReason ? reasons[recording.stopReason] : ''}）。${headOf(recording)}`,
    });
  if (recording.status === 'FAILED' && recording.stoppedAt && parts.length === 0)
    lines.push({
      id: `recording-failed:${recording.id}`,
      at: recording.stoppedAt,
      text: '录音录像未能启动，本次没有录制。',
    });
  return lines;
}

/** Printed when the record is read out while the recording goes on: the chain up to then. */
export function headSoFar(recording: RecordedRecording, at: Date): Line | null {
  if (recording.stoppedAt || recording.chunkCount === 0) return null;
  return { id: `recording-head:${recording.id}`, at, text: `录音录像进行中。${headOf(recording)}` };
}

const headOf = ({ chunkCount, headHash }: RecordedRecording): string =>
  `共${chunkCount}块，校验链末值 SHA-256 ${headHash.replace(/(.{8})(?=.)/g, '$1 ')}`;

const spelled = (seconds: number): string =>
  seconds < 60 ? `${seconds}秒` : `${Math.floor(seconds / 60)}分${seconds % 60}秒`;
