import { confirmationWords } from '@tongxi/server/contract/record-words.ts';
import { lazy, Suspense, useState } from 'react';
import { askingAs } from '../../api/acting.ts';
import { api, call } from '../../api/client.ts';
import { colon, formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Choice, Dialog, ErrorNotice, Tag, TextField } from '../../ui/index.tsx';
import { useCase } from '../case/queries.ts';
import { useVerb } from '../case/use-verb.ts';
import { useSession } from '../room/use-session.ts';
import type { RecordKind, RecordView } from './use-record.ts';
import './record.css';

const HandOverButton = lazy(() =>
  import('../hand-over/index.ts').then((m) => ({ default: m.HandOverButton })),
);

type Props = { sessionId: string; kind: RecordKind; record: RecordView };

/** Who has given their word on the whole, one's own button, and for staff what to do about the others. */
export function ConfirmRecord({ sessionId, kind, record }: Props) {
  const t = useWords('record');
  const c = useWords('common');
  const language = useLanguage();
  const me = record.people.find((p) => p.me);
  const param = { sessionId, kind };
  const confirm = useVerb(() =>
    call(
      api.sessions[':sessionId'].records[':kind'].confirm.$post({
        param,
        json: { contentSha256: record.contentSha256 ?? '' },
      }),
    ),
  );
  if (record.status === 'WRITING') return null;
  return (
    <div className="col" data-record={record.status}>
      {record.readAt && (
        <p className="muted small">
          {t('readBy', {
            reader: record.reader ?? '',
            language: record.language ?? '',
            at: formatMoment(record.readAt, language),
          })}
        </p>
      )}
      {record.result && kind === 'TALKS' && (
        <p>
          {t('resultIs')}
          {colon()}
          <strong>{t(`session:result.${record.result}`)}</strong>
        </p>
      )}
      <h3>{t('whoConfirms')}</h3>
      <div className="row">
        {record.people.map((p) => (
          <Tag key={p.key} kind={p.way === null ? 'warn' : 'ok'}>
            {p.name} {t(`way.${p.way ?? 'OPEN'}`)}
          </Tag>
        ))}
      </div>
      {record.status === 'CONFIRMING' && me?.way === null && (
        <>
          <p className="muted small">{t(kind === 'TALKS' ? 'confirmHint' : 'confirmHintFacts')}</p>
          <ErrorNotice error={confirm.error} />
          <Button
            look="primary"
            big
            wide
            busy={confirm.isPending && c('sending')}
            onClick={() => confirm.mutate()}
          >
            {t('confirm')}
            {colon()}“{confirmationWords[kind]}”
          </Button>
        </>
      )}
      {me?.way && (
        <p className="notice ok" role="status">
          {t('confirmed')}
        </p>
      )}
      {record.status === 'CONFIRMING' && record.can.includes('note-confirmation') && (
        <ForOthers sessionId={sessionId} kind={kind} record={record} />
      )}
      {record.status === 'CONFIRMED' && (
        <>
          {record.hasDocument ? (
            record.can.includes('download-record') && (
              <a
                className="btn primary"
                href={`/api/sessions/${sessionId}/records/${kind}/pdf?as=${askingAs()}`}
                target="_blank"
                rel="noreferrer"
              >
                {t(kind === 'TALKS' ? 'download' : 'downloadFacts')}
              </a>
            )
          ) : (
            <p role="status">{t('drawing')}</p>
          )}
          <p className="muted small record-sha">
            {t('sha')} {record.finalSha256}
          </p>
        </>
      )}
    </div>
  );
}

/** Hand the screen over by name, enter who refuses or has gone, or open it again. */
function ForOthers({ sessionId, kind, record }: Props) {
  const t = useWords('record');
  const theCase = useCase(record.caseId);
  const session = useSession(sessionId);
  const [noting, note] = useState<RecordView['people'][number] | null>(null);
  const [opening, open] = useState(false);
  const reopen = useVerb(
    () => call(api.sessions[':sessionId'].records[':kind'].reopen.$post({ param: { sessionId, kind } })),
    () => open(false),
  );
  const missing = record.people.filter((p) => p.way === null && !p.me);
  const sitsThere = session.data?.seats.find((s) => s.kind === 'STATION')?.attendees ?? [];
  const atStation = theCase.data?.can.includes('hand-over-screen')
    ? missing.filter(
        ({ name, partyId }) =>
          theCase.data?.parties.some((p) => p.id === partyId && p.usesStation) ||
          (partyId !== null && sitsThere.some((a) => a.name === name)),
      )
    : [];
  return (
    <div className="col">
      <Suspense fallback={null}>
        {atStation.map((p) => (
          <HandOverButton
            key={p.key}
            caseId={record.caseId}
            partyId={p.partyId ?? ''}
            {...(p.agentId ? { agentId: p.agentId } : {})}
            purpose="RECORD"
          />
        ))}
      </Suspense>
      <div className="row">
        {kind === 'TALKS' &&
          missing.map((p) => (
            <Button key={p.key} look="ghost" onClick={() => note(p)}>
              {t('noteTitle', { name: p.name })}
            </Button>
          ))}
        <Button look="ghost" onClick={() => open(true)}>
          {t('reopen')}
        </Button>
      </div>
      {noting && <NoteWord sessionId={sessionId} kind={kind} person={noting} onClose={() => note(null)} />}
      {opening && (
        <Dialog title={t('reopen')} onClose={() => open(false)}>
          <p>{t('reopenHint')}</p>
          <ErrorNotice error={reopen.error} />
          <Button look="primary" big onClick={() => reopen.mutate()}>
            {t('reopen')}
          </Button>
        </Dialog>
      )}
    </div>
  );
}

function NoteWord({
  sessionId,
  kind,
  person,
  onClose,
}: {
  sessionId: string;
  kind: RecordKind;
  person: RecordView['people'][number];
  onClose: () => void;
}) {
  const t = useWords('record');
  const inPerson = person.key.startsWith('name:');
  const ways = inPerson ? (['IN_PERSON', 'REFUSED', 'ABSENT'] as const) : (['REFUSED', 'ABSENT'] as const);
  const [way, setWay] = useState<(typeof ways)[number]>(ways[0] ?? 'REFUSED');
  const [why, setWhy] = useState('');
  const enter = useVerb(
    () =>
      call(
        api.sessions[':sessionId'].records[':kind'].note.$post({
          param: { sessionId, kind },
          json: { key: person.key, way, note: why },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t('noteTitle', { name: person.name })} onClose={onClose}>
      {ways.map((one) => (
        <Choice key={one} type="radio" name="way" checked={way === one} onChange={() => setWay(one)}>
          {t(`way.${one}`)}
        </Choice>
      ))}
      <TextField label={t('noteWhy')} value={why} onChange={setWhy} maxLength={300} />
      <ErrorNotice error={enter.error} />
      <Button look="primary" big disabled={!why.trim()} onClick={() => enter.mutate()}>
        {t('noteAsk')}
      </Button>
    </Dialog>
  );
}
