import type { VerifyPictures } from '@tongxi/server/contract/verify.ts';
import { useWords } from '../../i18n/index.ts';
import { Card, ErrorNotice, Waiting } from '../../ui/index.tsx';
import { usePictures } from './use-pictures.ts';

type Page = VerifyPictures['pages'][number];

/** What was visible when somebody signed beside what is shown now, differences framed. */
export function PagePictures(props: {
  file: File;
  field: string | null;
  name: string | null;
  /** The file does not hold: differences are changes, not later signatures. */
  changed: boolean;
}) {
  const t = useWords('verify');
  const { data, isPending, error } = usePictures(props.file, props.field);
  if (isPending) return <Waiting>{t('pages.drawing')}</Waiting>;
  // Without a field the verdict's sentence has already said that nothing can be shown.
  if (error) return props.field === null ? null : <ErrorNotice error={error} />;
  const title = props.name === null ? t('pages.titleLast') : t('pages.title', { name: props.name });
  return (
    <Card className="col" label={title}>
      <h2>{title}</h2>
      {data.pages.map((page) => (
        <PagePair key={page.page} page={page} changed={props.changed} />
      ))}
      {data.leftOut > 0 && <p className="muted small">{t('pages.leftOut', { count: data.leftOut })}</p>}
    </Card>
  );
}

function PagePair({ page, changed }: { page: Page; changed: boolean }) {
  const t = useWords('verify');
  const kind = page.areas.length === 0 ? 'same' : changed ? 'differs' : 'later';
  return (
    <section className="col" data-page={page.page} data-difference={kind}>
      <h3>
        {t('pages.page', { page: page.page })} <span className="muted small">{t(`pages.${kind}`)}</span>
      </h3>
      <div className="pair">
        <Picture title={t('pages.then')} alt={t('pages.altThen', { page: page.page })} source={page.signed} />
        <Picture
          title={t('pages.now')}
          alt={t('pages.altNow', { page: page.page })}
          source={page.now}
          areas={page.areas}
          changed={changed}
        />
      </div>
    </section>
  );
}

function Picture(props: {
  title: string;
  alt: string;
  source: string | null;
  areas?: Page['areas'];
  changed?: boolean;
}) {
  const t = useWords('verify');
  return (
    <figure>
      <figcaption className="small muted">{props.title}</figcaption>
      {props.source === null ? (
        <p className="notice">{t('pages.gone')}</p>
      ) : (
        <div className="framed">
          <img className="paper" src={props.source} alt={props.alt} />
          <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
            {(props.areas ?? []).map((area) => (
              <rect
                key={`${area.x}-${area.y}`}
                {...area}
                className={props.changed ? 'bad' : ''}
                vectorEffect="non-scaling-stroke"
              />
            ))}
          </svg>
        </div>
      )}
    </figure>
  );
}
