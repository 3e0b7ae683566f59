import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Card, ErrorNotice, Tag, Waiting } from '../../ui/index.tsx';
import { CreateStaffDialog } from './create-staff-dialog.tsx';
import { type Credentials, CredentialsDialog } from './credentials-dialog.tsx';
import { DutiesDialog } from './duties-dialog.tsx';
import { type StaffMember, useChange, useStaff } from './queries.ts';
import { ResetDialog } from './reset-dialog.tsx';

/** People: locked ones first, each with the one thing to do about it. */
export function StaffPage() {
  const t = useWords('admin');
  const c = useWords('common');
  const list = useStaff();
  const [creating, setCreating] = useState(false);
  const [credentials, show] = useState<Credentials | null>(null);
  const [duties, editDuties] = useState<string | null>(null);
  if (list.error) return <ErrorNotice error={list.error} />;
  if (!list.data) return <Waiting>{c('loading')}</Waiting>;
  const rank = (person: StaffMember) => (person.locked ? 0 : person.disabled ? 2 : 1);
  const people = [...list.data.staff].sort((a, b) => rank(a) - rank(b));
  const edited = people.find((person) => person.id === duties);
  return (
    <div className="col">
      <div className="row">
        <h1 className="grow">{t('staffTitle', { count: people.length })}</h1>
        <Button look="primary" onClick={() => setCreating(true)}>
          {t('newPerson')}
        </Button>
      </div>
      {people.map((person) => (
        <PersonCard
          key={person.id}
          person={person}
          onDuties={() => editDuties(person.id)}
          onCredentials={show}
        />
      ))}
      {creating && (
        <CreateStaffDialog
          onClose={() => setCreating(false)}
          onCreated={(fresh) => {
            setCreating(false);
            show(fresh);
          }}
        />
      )}
      {edited && (
        <DutiesDialog
          person={edited}
          stations={list.data.stations}
          committees={list.data.committees}
          onClose={() => editDuties(null)}
        />
      )}
      {credentials && <CredentialsDialog credentials={credentials} onClose={() => show(null)} />}
    </div>
  );
}

type CardProps = {
  person: StaffMember;
  onDuties: () => void;
  onCredentials: (fresh: Credentials) => void;
};

function PersonCard({ person, onDuties, onCredentials }: CardProps) {
  const t = useWords('admin');
  const c = useWords('common');
  const param = { staffUserId: person.id };
  const release = useChange(() => call(api.staff[':staffUserId'].release.$post({ param })));
  const disable = useChange(() => call(api.staff[':staffUserId'].disable.$post({ param })));
  const enable = useChange(() => call(api.staff[':staffUserId'].enable.$post({ param })));
  const [confirming, confirm] = useState<'disable' | 'reset' | null>(null);
  const problem = release.error ?? disable.error ?? enable.error;
  return (
    <Card className={person.locked ? 'col next' : 'col'}>
      <div className="row" data-person={person.loginName}>
        <div className="grow">
          <h2>{person.name}</h2>
          <p className="muted small">
            {person.loginName} · {person.maskedPhone ?? t('noPhone')}
          </p>
          <p className="row">
            {person.locked && <Tag kind="warn">{t('locked')}</Tag>}
            {person.disabled && <Tag kind="seal">{t('disabled')}</Tag>}
            {person.assignments.map((held) => (
              <Tag key={held.id}>
                {t(`status:duty.${held.duty}`)} {held.stationName ?? held.committeeName ?? ''}
              </Tag>
            ))}
          </p>
        </div>
        {person.locked && (
          <Button
            look="primary"
            big
            busy={release.isPending && c('sending')}
            onClick={() => release.mutate(undefined)}
          >
            {t('release')}
          </Button>
        )}
        {person.disabled ? (
          <Button busy={enable.isPending && c('sending')} onClick={() => enable.mutate(undefined)}>
            {t('enable')}
          </Button>
        ) : (
          <div className="row">
            <Button onClick={onDuties}>{t('duties')}</Button>
            <Button onClick={() => confirm('reset')}>{t('reset')}</Button>
            <Button onClick={() => confirm(confirming === 'disable' ? null : 'disable')}>
              {t('disable')}
            </Button>
          </div>
        )}
      </div>
      {confirming === 'disable' && (
        <div className="notice warn row">
          <span className="grow">{t('confirm.disable', { name: person.name })}</span>
          <Button
            look="seal"
            busy={disable.isPending && c('sending')}
            onClick={async () => {
              await disable.mutateAsync(undefined).catch(() => undefined);
              confirm(null);
            }}
          >
            {t('disable')}
          </Button>
        </div>
      )}
      {confirming === 'reset' && (
        <ResetDialog
          person={person}
          onClose={() => confirm(null)}
          onDone={(fresh) => {
            confirm(null);
            onCredentials(fresh);
          }}
        />
      )}
      <ErrorNotice error={problem} />
    </Card>
  );
}
