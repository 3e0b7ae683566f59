import { useMutation, useQuery } from '@tanstack/react-query';
import type { IntakeContent, IntakeParty } from '@tongxi/server/contract/intake.ts';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { api, call, upload } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Frame, useMe } from '../../shell/frame.tsx';
import { Button, Card, Choice, ErrorNotice, SelectField, Tag, TextField, Waiting } from '../../ui/index.tsx';
import { emptyContent, emptyParty, filled } from './content.ts';
import { PartyForm } from './party-form.tsx';
import { type Keeping, useAutosave } from './use-autosave.ts';

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
const MOST_PARTIES = 20;

type Opened = { id: string; version: number; stationId: string; content: IntakeContent };

/** Who, what happened, what is asked, papers photographed: three minutes. A closed tab loses nothing. */
export function IntakePage({ draftId }: { draftId?: string | undefined }) {
  const t = useWords('intake');
  const c = useWords('common');
  const me = useMe();
  const [, go] = useLocation();
  // A draft that this page itself began is already on it.
  const begun = useRef<string | null>(null);
  const resumed = draftId !== undefined && draftId !== begun.current;
  const draft = useQuery({
    queryKey: ['intake-draft', draftId],
    queryFn: () => call(api['intake-drafts'][':draftId'].$get({ param: { draftId: draftId ?? '' } })),
    enabled: resumed,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Frame title={t('title')} narrow>
      <div className="col">
        <h1>{t('title')}</h1>
        {!resumed && (
          <IntakeForm
            stationId={me.data?.stationId ?? ''}
            opened={null}
            onStarted={(id) => {
              begun.current = id;
              go(`/cases/new/${id}`, { replace: true });
            }}
            onReload={() => location.reload()}
          />
        )}
        {resumed && draft.error && (
          <>
            <ErrorNotice error={draft.error} />
            <a className="btn" href="/">
              {c('toHome')}
            </a>
          </>
        )}
        {resumed && draft.isFetching && <Waiting>{c('loading')}</Waiting>}
        {resumed && draft.data && !draft.isFetching && (
          <IntakeForm
            key={`${draft.data.id} ${draft.dataUpdatedAt}`}
            stationId={draft.data.stationId}
            opened={draft.data}
            onStarted={() => undefined}
            onReload={() => void draft.refetch()}
          />
        )}
      </div>
    </Frame>
  );
}

function IntakeForm({
  stationId,
  opened,
  onStarted,
  onReload,
}: {
  stationId: string;
  opened: Opened | null;
  onStarted: (id: string) => void;
  onReload: () => void;
}) {
  const t = useWords('intake');
  const c = useWords('common');
  const [, go] = useLocation();
  const [content, setContent] = useState<IntakeContent>(opened?.content ?? emptyContent);
  const [files, setFiles] = useState<File[]>([]);
  // Registered, but a photo did not arrive: trying again sends only what is missing.
  const [made, setMade] = useState<{ id: string; number: string } | null>(null);
  const saving = useAutosave(
    content,
    stationId,
    opened ? { kept: { id: opened.id, version: opened.version }, content: opened.content } : null,
    onStarted,
  );
  const patch = (part: Partial<IntakeContent>) => setContent((now) => ({ ...now, ...part }));
  const patchParty = (index: number, part: Partial<IntakeParty>) =>
    setContent((now) => ({
      ...now,
      parties: now.parties.map((p, i) => (i === index ? { ...p, ...part } : p)),
    }));
  const register = useMutation({
    mutationFn: async () => {
      const theCase = made ?? (await registerOnce());
      for (const file of files) {
        const form = new FormData();
        form.set('file', file);
        form.set('kind', 'EVIDENCE');
        await upload(`/api/cases/${theCase.id}/attachments`, form);
        setFiles((left) => left.filter((f) => f !== file));
      }
      return theCase;
    },
    onSuccess: ({ id }) => go(`/cases/${id}`),
  });
  const registerOnce = async () => {
    const draftId = await saving.stop();
    try {
      const theCase = await call(
        api.cases.$post({
          json: {
            ...content,
            stationId,
            source: t('sourceValue'),
            amountFen: null,
            parties: content.parties.map(filled),
            ...(draftId ? { draftId } : {}),
          },
        }),
      );
      setMade(theCase);
      return theCase;
    } catch (error) {
      saving.goOn();
      throw error;
    }
  };
  const ofSide = (side: IntakeParty['side']) => content.parties.filter((p) => p.side === side);
  const add = (side: IntakeParty['side']) => patch({ parties: [...content.parties, emptyParty(side)] });
  const full = content.parties.length >= MOST_PARTIES;
  if (made) {
    return (
      <Card className="col">
        <p className="notice ok">{t('registered', { number: made.number })}</p>
        {files.length > 0 && <p>{t('filesLeft', { count: files.length })}</p>}
        <FileList files={files} onRemove={(file) => setFiles(files.filter((f) => f !== file))} />
        <ErrorNotice error={register.error} />
        <Button
          look="primary"
          big
          wide
          busy={register.isPending && c('sending')}
          onClick={() => register.mutate()}
        >
          {files.length > 0 ? t('sendFiles') : t('toCase')}
        </Button>
        {files.length > 0 && (
          <Button wide onClick={() => go(`/cases/${made.id}`)}>
            {t('toCaseWithout')}
          </Button>
        )}
      </Card>
    );
  }
  return (
    <form
      className="col"
      onSubmit={(event) => {
        event.preventDefault();
        register.mutate();
      }}
    >
      <KeepingNotice state={saving.state} onReload={onReload} onKeepMine={() => void saving.keepMine()} />
      {content.parties.map((party, index) => (
        <PartyForm
          // biome-ignore lint/suspicious/noArrayIndexKey: parties have no other identity before they are saved
          key={index}
          party={party}
          index={index}
          number={ofSide(party.side).length > 1 ? ofSide(party.side).indexOf(party) + 1 : 0}
          onChange={(part) => patchParty(index, part)}
          onRemove={
            ofSide(party.side).length > 1
              ? () => patch({ parties: content.parties.filter((_, i) => i !== index) })
              : null
          }
        />
      ))}
      <div className="row">
        <Button disabled={full} onClick={() => add('APPLICANT')}>
          {t('addApplicant')}
        </Button>
        <Button disabled={full} onClick={() => add('RESPONDENT')}>
          {t('addRespondent')}
        </Button>
      </div>
      <Card className="col">
        <h2>{t('what')}</h2>
        <SelectField
          label={t('type')}
          value={content.disputeType}
          onChange={(v) => patch({ disputeType: v as IntakeContent['disputeType'] })}
          options={types.map((value) => ({ value, label: t(`status:type.${value}`) }))}
        />
        {(content.disputeType === 'FAMILY_STATUS' || content.disputeType === 'UTILITIES') && (
          <p className="notice warn">{t('paperOnly')}</p>
        )}
        <TextField
          label={t('facts')}
          rows={4}
          value={content.facts}
          onChange={(facts) => patch({ facts })}
          maxLength={5000}
        />
        <TextField
          label={t('requests')}
          rows={2}
          value={content.requests}
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
            onChange={(e) => {
              const chosen = [...(e.target.files ?? [])];
              setFiles([...files, ...chosen.filter((f) => !files.some((g) => keyOf(g) === keyOf(f)))]);
              e.target.value = '';
            }}
          />
          <span className="muted small">{t('papersHint')}</span>
        </div>
        <FileList files={files} onRemove={(file) => setFiles(files.filter((f) => f !== file))} />
        <Choice type="checkbox" checked={content.walkIn} onChange={(walkIn) => patch({ walkIn })}>
          {t('walkIn')}
        </Choice>
      </Card>
      <ErrorNotice error={register.error} />
      <Button look="primary" big wide type="submit" busy={register.isPending && c('sending')}>
        {t('register')}
      </Button>
      <p className="muted small">{t('kept')}</p>
    </form>
  );
}

/** The same file chosen twice is one. */
const keyOf = (file: File) => `${file.name} ${file.size} ${file.lastModified}`;

function FileList({ files, onRemove }: { files: File[]; onRemove: (file: File) => void }) {
  const t = useWords('intake');
  if (files.length === 0) return null;
  return (
    <ul>
      {files.map((file) => (
        <li key={keyOf(file)}>
          {file.name}{' '}
          <Button
            look="ghost"
            aria-label={t('removeFile', { name: file.name })}
            onClick={() => onRemove(file)}
          >
            {t('remove')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** Whether what stands here is on the server; the other device's save is never overwritten unasked. */
function KeepingNotice({
  state,
  onReload,
  onKeepMine,
}: {
  state: Keeping;
  onReload: () => void;
  onKeepMine: () => void;
}) {
  const t = useWords('intake');
  if (state === 'untouched') return null;
  if (state === 'elsewhere') {
    return (
      <div className="notice warn col" role="alert">
        <p>{t('elsewhere')}</p>
        <div className="row">
          <Button onClick={onReload}>{t('takeTheirs')}</Button>
          <Button onClick={onKeepMine}>{t('keepMine')}</Button>
        </div>
      </div>
    );
  }
  if (state === 'gone') {
    return (
      <div className="notice warn col" role="alert">
        <p>{t('gone')}</p>
        <a className="btn" href="/">
          {t('common:toHome')}
        </a>
      </div>
    );
  }
  return (
    <p className="row" role="status">
      <Tag kind={state === 'kept' ? 'ok' : 'warn'}>{t(`keeping.${state}`)}</Tag>
    </p>
  );
}
