import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Card, Empty, ErrorNotice, SelectField, Tag, TextField, Waiting } from '../../ui/index.tsx';
import { useChange, useStaff } from './queries.ts';

/** Station screens: enrolled once with a code that is read out, revoked at once. */
export function DevicesPage() {
  const t = useWords('admin');
  const c = useWords('common');
  const list = useStaff();
  if (list.error) return <ErrorNotice error={list.error} />;
  if (!list.data) return <Waiting>{c('loading')}</Waiting>;
  return (
    <div className="two">
      <div className="col">
        <h1>{t('devicesTitle')}</h1>
        {list.data.devices.length === 0 && (
          <Card>
            <Empty title={t('noDevice')} />
          </Card>
        )}
        {list.data.devices.map((device) => (
          <DeviceCard key={device.id} device={device} />
        ))}
      </div>
      <Enrolment stations={list.data.stations} />
    </div>
  );
}

type Device = NonNullable<ReturnType<typeof useStaff>['data']>['devices'][number];

function DeviceCard({ device }: { device: Device }) {
  const t = useWords('admin');
  const c = useWords('common');
  const language = useLanguage();
  const [name, setName] = useState<string | null>(null);
  const [revoking, setRevoking] = useState(false);
  const param = { deviceId: device.id };
  const rename = useChange(() =>
    call(api.devices[':deviceId'].$patch({ param, json: { name: name ?? '' } })),
  );
  const revoke = useChange(() => call(api.devices[':deviceId'].$delete({ param })));
  return (
    <Card className="col">
      <div className="row">
        <div className="grow">
          <h2>{device.name}</h2>
          <p className="muted small">
            {device.station}
            {device.lastSeenAt && ` · ${t('lastSeen', { at: formatMoment(device.lastSeenAt, language) })}`}
          </p>
        </div>
        <Tag kind={device.enrolled ? 'ok' : 'warn'}>{t(device.enrolled ? 'enrolled' : 'notEnrolled')}</Tag>
        <div className="row">
          <Button onClick={() => setName(name === null ? device.name : null)}>{t('rename')}</Button>
          <Button onClick={() => setRevoking(!revoking)}>{t('revoke')}</Button>
        </div>
      </div>
      {name !== null && (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            rename.mutate(undefined, { onSuccess: () => setName(null) });
          }}
        >
          <div className="grow">
            <TextField label={t('deviceName')} value={name} onChange={setName} maxLength={60} />
          </div>
          <Button
            look="primary"
            type="submit"
            disabled={!name.trim()}
            busy={rename.isPending && c('sending')}
          >
            {c('save')}
          </Button>
        </form>
      )}
      {revoking && (
        <div className="notice warn row">
          <span className="grow">{t('confirm.revoke', { name: device.name })}</span>
          <Button
            look="seal"
            busy={revoke.isPending && c('sending')}
            onClick={() => revoke.mutate(undefined)}
          >
            {t('revoke')}
          </Button>
        </div>
      )}
      <ErrorNotice error={rename.error ?? revoke.error} />
    </Card>
  );
}

function Enrolment({ stations }: { stations: { id: string; name: string }[] }) {
  const t = useWords('admin');
  const c = useWords('common');
  const language = useLanguage();
  const [stationId, setStationId] = useState(stations[0]?.id ?? '');
  const [name, setName] = useState('');
  const create = useChange(() => call(api.devices.$post({ json: { stationId, name: name.trim() } })));
  const code = create.data?.code ?? '';
  return (
    <Card className="col">
      <h2>{t('enrolTitle')}</h2>
      <p className="muted">{t('enrolSteps')}</p>
      <SelectField
        label={t('station')}
        value={stationId}
        onChange={setStationId}
        options={stations.map((s) => ({ value: s.id, label: s.name }))}
      />
      <TextField
        label={t('deviceName')}
        hint={t('deviceNameHint')}
        value={name}
        onChange={setName}
        maxLength={60}
      />
      <ErrorNotice error={create.error} />
      <Button
        look="primary"
        disabled={!stationId || !name.trim()}
        busy={create.isPending && c('sending')}
        onClick={() => create.mutate(undefined)}
      >
        {t('makeCode')}
      </Button>
      {create.data && (
        <div className="notice ok" role="status">
          <p>{t('codeHere', { at: formatMoment(create.data.expiresAt, language) })}</p>
          <p className="time" data-enrol-code={code}>
            {code.slice(0, 5)} {code.slice(5)}
          </p>
        </div>
      )}
    </Card>
  );
}
