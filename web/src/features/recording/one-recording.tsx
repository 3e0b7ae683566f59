import { useState } from 'react';
import { formatMoment, formatTime, useLanguage, useWords } from '../../i18n/index.ts';
import { Card } from '../../ui/index.tsx';
import { CheckRecording } from './check-recording.tsx';
import { Player } from './player.tsx';
import type { Recording } from './use-recording.ts';

/** One recording: its parts in order, the gaps between them, and whether it is complete. */
export function OneRecording({
  caseId,
  recording,
  mayDownload,
}: {
  caseId: string;
  recording: Recording;
  mayDownload: boolean;
}) {
  const t = useWords('recording');
  const language = useLanguage();
  const [number, choose] = useState(recording.parts[0]?.number);
  const part = recording.parts.find((one) => one.number === number);
  return (
    <Card className="col" label={t('title')}>
      <h2>{recording.startedAt && formatMoment(recording.startedAt, language)}</h2>
      <p className="muted">
        {t('startedBy', { name: recording.startedBy })}
        {recording.stopReason && ` · ${t(`stop.${recording.stopReason}`)}`}
      </p>
      {recording.deletedAt && (
        <p className="row">
          <span className="grow">{t('deleted', { at: formatMoment(recording.deletedAt, language) })}</span>
          <a className="btn" href={`/api/cases/${caseId}/recordings/${recording.id}/deletion`} download>
            {t('certificate')}
          </a>
        </p>
      )}
      <ol className="recording-parts">
        {recording.parts.map((one, i) => {
          const before = recording.parts[i - 1];
          const seconds = before ? Math.round((Date.parse(one.from) - Date.parse(before.to)) / 1000) : 0;
          return (
            <li key={one.number}>
              {before && <p className="muted small">{t('gap', { seconds: Math.max(1, seconds) })}</p>}
              <button
                type="button"
                className={`btn ${one.number === number ? 'primary' : ''}`}
                aria-pressed={one.number === number}
                onClick={() => choose(one.number)}
              >
                {t('part', { number: i + 1 })}{' '}
                {t('range', { from: formatTime(one.from), to: formatTime(one.to) })}
              </button>
            </li>
          );
        })}
      </ol>
      {part &&
        !recording.deletedAt &&
        (part.ready ? (
          <Player
            key={part.number}
            source={`/api/cases/${caseId}/recordings/${recording.id}/parts/${part.number}`}
            chapters={part.chapters}
            mayDownload={mayDownload}
          />
        ) : (
          <p className="notice" role="status">
            {t('closing')}
          </p>
        ))}
      <CheckRecording caseId={caseId} recordingId={recording.id} />
      <dl className="recording-proof small muted">
        <dt>{t('head')}</dt>
        <dd>{recording.headHash}</dd>
        {recording.stampedAt && (
          <>
            <dt>{t('stamped')}</dt>
            <dd>{formatMoment(recording.stampedAt, language)}</dd>
          </>
        )}
      </dl>
    </Card>
  );
}
