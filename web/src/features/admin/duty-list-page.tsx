import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Card, Choice, Empty, ErrorNotice, TextField, Waiting } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';

/** 值班名单: of each town, who is rung last when nobody takes a call, and the number that callers are shown. */
export function DutyListPage() {
  const t = useWords('judge-call');
  const c = useWords('common');
  useLive(['court'], ['duty-lists']);
  const lists = useQuery({ queryKey: ['duty-lists'], queryFn: () => call(api['duty-lists'].$get()) });
  if (lists.error) return <ErrorNotice error={lists.error} />;
  if (!lists.data) return <Waiting>{c('loading')}</Waiting>;
  const { towns, judges } = lists.data;
  return (
    <div className="col">
      <h1>{t('dutyLists')}</h1>
      <p className="muted">{t('dutyLead')}</p>
      {towns.length === 0 && (
        <Card>
          <Empty title={t('noTowns')} />
        </Card>
      )}
      {towns.map((town) => (
        <Town key={`${town.placeId}${JSON.stringify(town)}`} town={town} judges={judges} />
      ))}
    </div>
  );
}

type Judge = { id: string; name: string };
type TownList = { placeId: string; placeName: string; phone: string | null; judges: Judge[] };

function Town({ town, judges }: { town: TownList; judges: Judge[] }) {
  const t = useWords('judge-call');
  const c = useWords('common');
  const [phone, setPhone] = useState(town.phone ?? '');
  const [ids, setIds] = useState(town.judges.map((judge) => judge.id));
  const save = useVerb(() =>
    call(
      api['duty-lists'][':placeId'].$put({
        param: { placeId: town.placeId },
        json: { phone: phone.trim() || null, judgeIds: ids },
      }),
    ),
  );
  const changed = phone.trim() !== (town.phone ?? '') || ids.join() !== town.judges.map((j) => j.id).join();
  return (
    <Card className="col" label={town.placeName}>
      <h2>{town.placeName}</h2>
      <TextField label={t('dutyPhone')} value={phone} onChange={setPhone} maxLength={20} />
      <fieldset className="plain col">
        <legend>{t('dutyJudges')}</legend>
        {judges.map((judge) => {
          const place = ids.indexOf(judge.id);
          return (
            <Choice
              key={judge.id}
              type="checkbox"
              checked={place >= 0}
              onChange={(on) =>
                setIds((now) => (on ? [...now, judge.id] : now.filter((id) => id !== judge.id)))
              }
            >
              {judge.name}
              {place >= 0 && <span className="muted"> {t('dutyPlace', { n: place + 1 })}</span>}
            </Choice>
          );
        })}
      </fieldset>
      {ids.length === 0 && <p className="muted small">{t('dutyNobody')}</p>}
      <ErrorNotice error={save.error} />
      <Button
        look="primary"
        disabled={!changed}
        busy={save.isPending && c('sending')}
        onClick={() => save.mutate()}
      >
        {t('dutySave')}
      </Button>
    </Card>
  );
}
