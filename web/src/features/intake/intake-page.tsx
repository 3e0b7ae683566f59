import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { api, call, upload } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Frame, useMe } from '../../shell/frame.tsx';
import { Button, Card, Choice, ErrorNotice, SelectField, TextField } from '../../ui/index.tsx';
import { type AgentDraft, AgentsAtIntake, filledAgent } from '../representation/index.ts';

const types = [
  'NEIGHBOURS',
  'LOAN',
  'WAGES',
  'DAMAGES',
  'LEASE',
  'FAMILY_MONEY',
  'FAMILY_STATUS',
  'UTILITIES',
  'PROPERTY_MANAGEMENT',
  'CONSUMER',
  'OTHER',
] as const;
type Side = 'APPLICANT' | 'RESPONDENT';
type PartyDraft = {
  side: Side;
  kind: 'PERSON' | 'ORGANISATION';
  name: string;
  phone: string;
  idNumber: string;
  ethnicity: string;
  occupation: string;
  address: string;
  creditCode: string;
  representative: string;
  guardianName: string;
  usesStation: boolean;
  agents?: AgentDraft[];
};
type Draft = {
  disputeType: (typeof types)[number];
  facts: string;
  requests: string;
  walkIn: boolean;
  parties: PartyDraft[];
};

const emptyParty = (side: Side): PartyDraft => ({
  side,
  kind: 'PERSON',
  name: '',
  phone: '',
  idNumber: '',
  ethnicity: '汉族',
  occupation: '',
  address: '',
  creditCode: '',
  representative: '',
  guardianName: '',
  usesStation: false,
});
const emptyDraft: Draft = {
  disputeType: 'NEIGHBOURS',
  facts: '',
  requests: '',
  walkIn: false,
  parties: [emptyParty('APPLICANT'), emptyParty('RESPONDENT')],
};
const KEY = 'tongxi.intake';

function restore(): Draft {
  try {
    return { ...emptyDraft, ...(JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<Draft>) };
  } catch {
    return emptyDraft;
  }
}

/** Who, what happened, what is asked, papers photographed: three minutes. A closed tab loses nothing. */
export function IntakePage() {
  const t = useWords('intake');
  const c = useWords('common');
  const me = useMe();
  const [, go] = useLocation();
  const [draft, setDraft] = useState<Draft>(restore);
  const [files, setFiles] = useState<File[]>([]);
  useEffect(() => sessionStorage.setItem(KEY, JSON.stringify(draft)), [draft]);
  const patch = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  const patchParty = (index: number, part: Partial<PartyDraft>) =>
    setDraft((now) => ({
      ...now,
      parties: now.parties.map((p, i) => (i === index ? { ...p, ...part } : p)),
    }));
  const register = useMutation({
    mutationFn: async () => {
      const made = await call(
        api.cases.$post({
          json: {
            ...draft,
            stationId: me.data?.stationId ?? '',
            source: t('sourceValue'),
            amountFen: null,
            parties: draft.parties.map(filled),
          },
        }),
      );
      for (const file of files) {
        const form = new FormData();
        form.set('file', file);
        form.set('kind', 'EVIDENCE');
        await upload(`/api/cases/${made.id}/attachments`, form);
      }
      return made;
    },
    onSuccess: ({ id }) => {
      sessionStorage.removeItem(KEY);
      go(`/cases/${id}`);
    },
  });
  return (
    <Frame title={t('title')} narrow>
      <form
        className="col"
        onSubmit={(event) => {
          event.preventDefault();
          register.mutate();
        }}
      >
        <h1>{t('title')}</h1>
        {draft.parties.map((party, index) => (
          <PartyForm
            // biome-ignore lint/suspicious/noArrayIndexKey: parties have no other identity before they are saved
            key={index}
            party={party}
            index={index}
            onChange={(part) => patchParty(index, part)}
            onRemove={
              draft.parties.length > 2
                ? () => patch({ parties: draft.parties.filter((_, i) => i !== index) })
                : null
            }
          />
        ))}
        <div className="row">
          <Button onClick={() => patch({ parties: [...draft.parties, emptyParty('APPLICANT')] })}>
            {t('addApplicant')}
          </Button>
          <Button onClick={() => patch({ parties: [...draft.parties, emptyParty('RESPONDENT')] })}>
            {t('addRespondent')}
          </Button>
        </div>
        <Card className="col">
          <h2>{t('what')}</h2>
          <SelectField
            label={t('type')}
            value={draft.disputeType}
            onChange={(v) => patch({ disputeType: v as Draft['disputeType'] })}
            options={types.map((value) => ({ value, label: t(`status:type.${value}`) }))}
          />
          {(draft.disputeType === 'FAMILY_STATUS' || draft.disputeType === 'UTILITIES') && (
            <p className="notice warn">{t('paperOnly')}</p>
          )}
          <TextField
            label={t('facts')}
            rows={4}
            value={draft.facts}
            onChange={(facts) => patch({ facts })}
            maxLength={5000}
          />
          <TextField
            label={t('requests')}
            rows={2}
            value={draft.requests}
            onChange={(requests) => patch({ requests })}
            maxLength={3000}
          />
          <div className="field">
            <label htmlFor="papers">{t('papers')}</label>
            <input
              id="papers"
              type="file"
              multiple
              accept="image/jpeg,image/png,image/webp,image/heic,application/pdf"
              onChange={(e) => setFiles([...(e.target.files ?? [])])}
            />
            <span className="muted small">{t('papersHint')}</span>
          </div>
          <Choice type="checkbox" checked={draft.walkIn} onChange={(walkIn) => patch({ walkIn })}>
            {t('walkIn')}
          </Choice>
        </Card>
        <ErrorNotice error={register.error} />
        <Button look="primary" big wide type="submit" busy={register.isPending && c('sending')}>
          {t('register')}
        </Button>
        <p className="muted small">{t('kept')}</p>
      </form>
    </Frame>
  );
}

/** Only what was filled in; the server checks every value again. */
function filled(party: PartyDraft) {
  const { side, kind, name, usesStation, agents = [], ...rest } = party;
  const values = Object.fromEntries(Object.entries(rest).filter(([, value]) => value.trim() !== ''));
  return { side, kind, name, usesStation, agents: agents.map(filledAgent), ...values };
}

function PartyForm({
  party,
  index,
  onChange,
  onRemove,
}: {
  party: PartyDraft;
  index: number;
  onChange: (part: Partial<PartyDraft>) => void;
  onRemove: (() => void) | null;
}) {
  const t = useWords('intake');
  const person = party.kind === 'PERSON';
  const text = (key: keyof PartyDraft, extra: Partial<Parameters<typeof TextField>[0]> = {}) => (
    <TextField
      label={t(`party.${key}`)}
      value={String(party[key])}
      onChange={(value) => onChange({ [key]: value })}
      {...extra}
    />
  );
  return (
    <Card className="col" label={t(`side.${party.side}`)}>
      <div className="row">
        <h2 className="grow">
          {t(`side.${party.side}`)} {index > 1 ? index : ''}
        </h2>
        {onRemove && (
          <Button look="ghost" onClick={onRemove}>
            {t('remove')}
          </Button>
        )}
      </div>
      <div className="row">
        <Choice
          type="radio"
          name={`kind${index}`}
          checked={person}
          onChange={() => onChange({ kind: 'PERSON' })}
        >
          {t('person')}
        </Choice>
        <Choice
          type="radio"
          name={`kind${index}`}
          checked={!person}
          onChange={() => onChange({ kind: 'ORGANISATION' })}
        >
          {t('organisation')}
        </Choice>
      </div>
      {text('name')}
      {person ? text('idNumber', { autoComplete: 'off' }) : text('creditCode')}
      {!person && text('representative')}
      {text('phone', { inputMode: 'tel', hint: t('phoneHint') })}
      {person && (
        <Choice
          type="checkbox"
          checked={party.usesStation}
          onChange={(usesStation) => onChange({ usesStation })}
        >
          {t('usesStation')}
        </Choice>
      )}
      <details>
        <summary>{t('more')}</summary>
        <div className="col">
          {person && text('ethnicity')}
          {person && text('occupation')}
          {text('address')}
          {person && text('guardianName', { hint: t('guardianHint') })}
          <AgentsAtIntake
            agents={party.agents}
            onChange={(agents) => onChange({ agents })}
            name={`authority-${index}`}
          />
        </div>
      </details>
    </Card>
  );
}
