import { type StandingDutyName, standingDuties } from '@tongxi/server/contract/standing-duties.ts';
import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, SelectField } from '../../ui/index.tsx';
import { type StaffMember, useChange } from './queries.ts';

type Place = { id: string; name: string };
type Props = { person: StaffMember; stations: Place[]; committees: Place[]; onClose: () => void };

/** What somebody may do, and where; a duty that is withdrawn ends now. */
export function DutiesDialog({ person, stations, committees, onClose }: Props) {
  const t = useWords('admin');
  const c = useWords('common');
  const [duty, setDuty] = useState<StandingDutyName>('DIRECTOR');
  const [place, setPlace] = useState('');
  const where = standingDuties[duty];
  const places = where === 'station' ? stations : where === 'committee' ? committees : [];
  const chosen = places.some((p) => p.id === place) ? place : (places[0]?.id ?? '');
  const staffUserId = person.id;
  const assign = useChange(() =>
    call(
      api.staff[':staffUserId'].duties.$post({
        param: { staffUserId },
        json: {
          duty,
          ...(where === 'station' ? { stationId: chosen } : {}),
          ...(where === 'committee' ? { committeeId: chosen } : {}),
        },
      }),
    ),
  );
  const withdraw = useChange((assignmentId: string) =>
    call(api.staff[':staffUserId'].duties[':assignmentId'].$delete({ param: { staffUserId, assignmentId } })),
  );
  return (
    <Dialog title={t('dutiesOf', { name: person.name })} onClose={onClose}>
      {person.assignments.length === 0 && <p className="muted">{t('noDuty')}</p>}
      {person.assignments.map((held) => (
        <div key={held.id} className="row">
          <span className="grow">
            {t(`status:duty.${held.duty}`)} {held.stationName ?? held.committeeName ?? t('wholeCourt')}
          </span>
          <Button disabled={withdraw.isPending} onClick={() => withdraw.mutate(held.id)}>
            {t('withdraw')}
          </Button>
        </div>
      ))}
      <h3>{t('assign')}</h3>
      <SelectField
        label={t('duty')}
        value={duty}
        onChange={(value) => setDuty(value as StandingDutyName)}
        options={Object.keys(standingDuties).map((name) => ({
          value: name,
          label: t(`status:duty.${name}`),
        }))}
      />
      {places.length > 0 && (
        <SelectField
          label={t(where === 'station' ? 'station' : 'committee')}
          value={chosen}
          onChange={setPlace}
          options={places.map((p) => ({ value: p.id, label: p.name }))}
        />
      )}
      <ErrorNotice error={assign.error ?? withdraw.error} />
      <Button look="primary" busy={assign.isPending && c('sending')} onClick={() => assign.mutate(undefined)}>
        {t('assign')}
      </Button>
    </Dialog>
  );
}
