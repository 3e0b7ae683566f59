import { expect, test } from 'vitest';
import { headSoFar, type RecordedRecording, recordingEvents } from './recording-lines.ts';

const at = (seconds: number) => new Date(1_790_000_000_000 + seconds * 1000);
const recording: RecordedRecording = {
  id: 'r1',
  status: 'STOPPED',
  stopReason: 'HOST',
  stoppedAt: at(400),
  chunkCount: 7,
  headHash: 'ab'.repeat(32),
  parts: [
    { number: 1, firstChunkAt: at(10), lastChunkAt: at(100), endedAt: at(112) },
    { number: 2, firstChunkAt: null, lastChunkAt: null, endedAt: at(140) },
    { number: 3, firstChunkAt: at(175), lastChunkAt: at(398), endedAt: at(400) },
  ],
};

test('the record states start, gap with its length, next part, stop and the head of the chain', () => {
  const lines = recordingEvents(recording);
  expect(lines.map((line) => [line.at.getTime(), line.text.replace(/ [0-9a-f ]{71}$/, ' #')])).toEqual([
    [at(10).getTime(), '经在场各方同意，开始录音录像。'],
    [at(100).getTime(), '录音录像中断。'],
    [at(175).getTime(), '录音录像恢复，为第2段，中断1分15秒，中断期间没有录制。'],
    [at(400).getTime(), '停止录音录像（主持人停止）。共7块，校验链末值 SHA-256 #'],
  ]);
  expect(lines.at(-1)?.text.split('SHA-256')[1]?.replaceAll(' ', '')).toBe(recording.headHash);
  expect(new Set(lines.map((line) => line.id)).size).toBe(lines.length);
});

test('while it goes on only the reading out prints the chain so far', () => {
  const running: RecordedRecording = { ...recording, status: 'RUNNING', stoppedAt: null, stopReason: null };
  expect(
    recordingEvents(running)
      .map((line) => line.text)
      .join(),
  ).not.toContain('SHA-256');
  expect(headSoFar(running, at(300))?.text).toContain('共7块');
  expect(headSoFar(recording, at(500))).toBeNull();
});

test('a recording that never ran says so, and one that was only asked for says nothing', () => {
  const nothing = recording.parts.filter((part) => part.firstChunkAt === null);
  const failed: RecordedRecording = {
    ...recording,
    status: 'FAILED',
    stopReason: 'NOT_STARTED',
    parts: nothing,
  };
  expect(recordingEvents(failed).map((line) => line.text)).toEqual(['录音录像未能启动，本次没有录制。']);
  expect(recordingEvents({ ...failed, status: 'STARTING', stoppedAt: null })).toEqual([]);
});
