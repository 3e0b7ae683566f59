import { useQuery } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useWords } from '../../i18n/index.ts';
import { Card, Empty, ErrorNotice, Waiting } from '../../ui/index.tsx';
import { SealCard } from './seal-card.tsx';

/** The registered electronic seals: of the court's committees for an administrator, of the own ones for a seal-holder. */
export function SealsPage() {
  const t = useWords('seals');
  const c = useWords('common');
  useLive(['court'], ['seals']);
  const list = useQuery({ queryKey: ['seals'], queryFn: () => call(api.seals.$get()) });
  if (list.error) return <ErrorNotice error={list.error} />;
  if (!list.data) return <Waiting>{c('loading')}</Waiting>;
  const { committees, demo } = list.data;
  return (
    <div className="col">
      <h1>{t('title')}</h1>
      <p className="muted">{t('lead')}</p>
      {committees.length === 0 && (
        <Card>
          <Empty title={t('empty')} />
        </Card>
      )}
      {committees.map((one) => (
        <SealCard key={one.committeeId} committee={one} demo={demo} />
      ))}
    </div>
  );
}
