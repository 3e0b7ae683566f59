import { useRef } from 'react';
import { useWords } from '../../i18n/index.ts';

/** One part in the browser's own player; a tap on a line of the record goes to its moment. */
export function Player({
  source,
  chapters,
  mayDownload,
}: {
  source: string;
  chapters: { atMs: number; text: string }[];
  mayDownload: boolean;
}) {
  const t = useWords('recording');
  const video = useRef<HTMLVideoElement>(null);
  const jump = (atMs: number) => {
    if (!video.current) return;
    video.current.currentTime = atMs / 1000;
    void video.current.play().catch(() => undefined);
  };
  return (
    <div className="recording-player">
      <div className="col">
        {/* biome-ignore lint/a11y/useMediaCaption: the lines of the record stand beside it */}
        <video ref={video} src={source} controls preload="metadata" data-part-player />
        {mayDownload && (
          <a className="btn" href={`${source}?download=1`} download>
            {t('download')}
          </a>
        )}
      </div>
      {chapters.length > 0 && (
        <nav aria-label={t('chapters')}>
          <h3>{t('chapters')}</h3>
          <ul>
            {chapters.map(({ atMs, text }) => (
              <li key={`${atMs}${text}`}>
                <button type="button" className="chapter" onClick={() => jump(atMs)}>
                  <span className="muted">{spelled(atMs)}</span> {text}
                </button>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  );
}

/** `3:05` */
function spelled(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
