import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useLocation } from 'wouter';
import { api, call, upload } from '../../api/client.ts';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Frame } from '../../shell/frame.tsx';
import {
  Button,
  Card,
  Choice,
  Dialog,
  ErrorNotice,
  SelectField,
  Tabs,
  Tag,
  TextField,
  Waiting,
} from '../../ui/index.tsx';
import { ConsentSheet } from '../consents/index.ts';
import { Flags } from '../flags/index.ts';
import { InvitationDialog } from '../invitations/index.ts';
import { EndBanner, Procedure } from '../procedure/index.ts';
import { Representatives } from '../representation/index.ts';
import { CaseSummary } from './case-summary.tsx';
import { useCase } from './queries.ts';
import { useVerb } from './use-verb.ts';

const RecordLinks = lazy(() => import('../record/index.ts').then((m) => ({ default: m.RecordLinks })));
const DraftPanel = lazy(() => import('../draft/index.ts').then((m) => ({ default: m.DraftPanel })));
const SigningPanel = lazy(() => import('../ceremony/index.ts').then((m) => ({ default: m.SigningPanel })));
const SealedAgreement = lazy(() =>
  import('../sealed/index.ts').then((m) => ({ default: m.SealedAgreement })),
);

type Case = NonNullable<ReturnType<typeof useCase>['data']>;
type Party = Case['parties'][number];

/** One case: its one next step large, everything else beneath. */
export function CasePage({ caseId }: { caseId: string }) {
  const t = useWords('case');
  const c = useWords('common');
  const query = useCase(caseId);
  if (query.error) {
    return (
      <Frame title={t('title')} narrow>
        <ErrorNotice error={query.error} />
      </Frame>
    );
  }
  if (!query.data) return <Waiting>{c('loading')}</Waiting>;
  const theCase = query.data;
  const frozen =
    theCase.agreement && theCase.agreement.status !== 'DRAFTING' && theCase.agreement.status !== 'EFFECTIVE';
  const tabs = [
    { key: 'people', label: t('people'), content: <People theCase={theCase} /> },
    { key: 'summary', label: t('summary'), content: <CaseSummary caseId={caseId} /> },
    ...(theCase.can.includes('read-draft') && !theCase.agreement?.effectiveAt
      ? [{ key: 'draft', label: t('draft'), content: <DraftPanel caseId={caseId} /> }]
      : []),
    { key: 'papers', label: t('papers'), content: <Papers theCase={theCase} /> },
    ...(theCase.can.includes('read-timeline')
      ? [{ key: 'timeline', label: t('timeline'), content: <Timeline caseId={caseId} /> }]
      : []),
  ];
  return (
    <Frame title={theCase.title}>
      <div className="col">
        <h1>{theCase.title}</h1>
        <div className="row">
          <Tag>{t(`status:case.${theCase.status}`)}</Tag>
          {theCase.agreement && (
            <Tag kind={theCase.agreement.status === 'EFFECTIVE' ? 'ok' : 'info'}>
              {t(`status:agreement.${theCase.agreement.status}`)}
            </Tag>
          )}
          <span className="muted">{theCase.number}</span>
        </div>
        <EndBanner theCase={theCase} />
        <div className="two">
          <div className="col">
            {frozen && (
              <Card className="next">
                <SigningPanel caseId={caseId} />
              </Card>
            )}
            {theCase.agreement?.status === 'EFFECTIVE' && (
              <Card className="next">
                <SealedAgreement caseId={caseId} />
              </Card>
            )}
            <Card>
              <Tabs tabs={tabs} />
            </Card>
          </div>
          <div className="col">
            <NextStep theCase={theCase} />
            <Sessions theCase={theCase} />
            <Suspense fallback={null}>
              <RecordLinks caseId={caseId} />
            </Suspense>
            <Deadlines theCase={theCase} />
            <Flags theCase={theCase} />
            <Procedure theCase={theCase} />
            <EndCase theCase={theCase} />
          </div>
        </div>
      </div>
    </Frame>
  );
}

function NextStep({ theCase }: { theCase: Case }) {
  const t = useWords('case');
  const [, go] = useLocation();
  const session = theCase.sessions.findLast((s) => s.status !== 'CANCELLED' && s.status !== 'ENDED');
  const step = theCase.nextStep;
  const inner: Partial<Record<typeof step, ReactNode>> = {
    CHOOSE_MEDIATOR: <ChooseMediator theCase={theCase} />,
    SCHEDULE: <Schedule theCase={theCase} />,
  };
  const toRoom = session && (step === 'START_CHECKING' || step === 'ENTER_ROOM' || step === 'CHECK_IDENTITY');
  return (
    <Card className="next col">
      <p className="muted">{t('nextStep')}</p>
      <h2>{t(`status:step.${step}`)}</h2>
      <p>{t(`stepHint.${step}`)}</p>
      {inner[step]}
      {toRoom && (
        <Button look="primary" big wide onClick={() => go(`/sessions/${session.id}`)}>
          {t('toRoom')}
        </Button>
      )}
    </Card>
  );
}

function ChooseMediator({ theCase }: { theCase: Case }) {
  const t = useWords('case');
  const c = useWords('common');
  const roster = useQuery({
    queryKey: ['mediators', theCase.id],
    queryFn: () => call(api.cases[':caseId'].mediators.$get({ param: { caseId: theCase.id } })),
  });
  const [chosen, choose] = useState('');
  const offer = useVerb(() =>
    call(
      api.cases[':caseId'].mediator.$post({ param: { caseId: theCase.id }, json: { staffUserId: chosen } }),
    ),
  );
  const take = useVerb(() =>
    call(
      api.cases[':caseId'].mediator.self.$post({
        param: { caseId: theCase.id },
        json: { ties: [], statement: t('noTies') },
      }),
    ),
  );
  return (
    <div className="col">
      <SelectField
        label={t('mediator')}
        value={chosen}
        onChange={choose}
        options={[
          { value: '', label: t('choose') },
          ...(roster.data ?? []).map((m) => ({ value: m.id, label: m.name })),
        ]}
      />
      <ErrorNotice error={offer.error ?? take.error} />
      <Button
        look="primary"
        big
        wide
        disabled={chosen === ''}
        busy={offer.isPending && c('sending')}
        onClick={() => offer.mutate()}
      >
        {t('offer')}
      </Button>
      {theCase.can.includes('take-mediation') && (
        <Button wide busy={take.isPending && c('sending')} onClick={() => take.mutate()}>
          {t('takeMediation')}
        </Button>
      )}
    </div>
  );
}

const localNow = (minutes: number): string => {
  const at = new Date(Date.now() + minutes * 60_000 + 8 * 3600_000);
  return at.toISOString().slice(0, 16);
};

function Schedule({ theCase }: { theCase: Case }) {
  const t = useWords('case');
  const c = useWords('common');
  const [at, setAt] = useState(localNow(5));
  const [minutes, setMinutes] = useState('60');
  const plan = useVerb(() =>
    call(
      api.cases[':caseId'].sessions.$post({
        param: { caseId: theCase.id },
        json: { plannedStart: new Date(`${at}:00+08:00`).toISOString(), minutes: Number(minutes) },
      }),
    ),
  );
  return (
    <div className="col">
      <TextField label={t('when')} type="datetime-local" value={at} onChange={setAt} />
      <SelectField
        label={t('howLong')}
        value={minutes}
        onChange={setMinutes}
        options={['30', '60', '90', '120'].map((value) => ({ value, label: t('minutes', { count: value }) }))}
      />
      <ErrorNotice error={plan.error} />
      <Button look="primary" big wide busy={plan.isPending && c('sending')} onClick={() => plan.mutate()}>
        {t('schedule')}
      </Button>
      <p className="muted small">{t('scheduleHint')}</p>
    </div>
  );
}

function People({ theCase }: { theCase: Case }) {
  const t = useWords('case');
  const [sheetOf, openSheet] = useState<Party | null>(null);
  const [invited, invite] = useState<Party | null>(null);
  return (
    <div className="col">
      {theCase.parties.map((party) => (
        <PersonCard
          key={party.id}
          theCase={theCase}
          party={party}
          onSheet={() => openSheet(party)}
          onInvite={() => invite(party)}
        />
      ))}
      <h3>{t('appointments')}</h3>
      <ul>
        {theCase.appointments.map((a) => (
          <li key={a.id}>
            {t(`status:duty.${a.duty}`)} {a.name} {a.status === 'OFFERED' ? `（${t('offered')}）` : ''}
            {a.statement ? <span className="muted">：{a.statement}</span> : null}
          </li>
        ))}
      </ul>
      {sheetOf && (
        <Dialog title={t('sheetOf', { name: sheetOf.name })} onClose={() => openSheet(null)}>
          <ConsentSheet caseId={theCase.id} partyId={sheetOf.id} onDone={() => openSheet(null)} />
        </Dialog>
      )}
      {invited && <InvitationDialog caseId={theCase.id} partyId={invited.id} onClose={() => invite(null)} />}
    </div>
  );
}

function PersonCard({
  theCase,
  party,
  onSheet,
  onInvite,
}: {
  theCase: Case;
  party: Party;
  onSheet: () => void;
  onInvite: () => void;
}) {
  const t = useWords('case');
  const param = { caseId: theCase.id, partyId: party.id };
  const can = (action: Case['can'][number]) => theCase.can.includes(action);
  const agreed = (item: string) => party.consents.some((k) => k.item === item && k.agreed && !k.withdrawnAt);
  const consented = agreed('MEDIATION') && agreed('ONLINE');
  const verify = useVerb((method: 'DOCUMENT_IN_PERSON' | 'DOCUMENT_BY_VIDEO') =>
    call(
      api.cases[':caseId'].parties[':partyId'].identity.$post({ param, json: { method, samePerson: true } }),
    ),
  );
  const attest = useVerb(() =>
    call(api.cases[':caseId'].parties[':partyId'].identity.attest.$post({ param })),
  );
  return (
    <section className="card col" aria-label={party.name} data-party={party.id}>
      <div className="row">
        <h3 className="grow">
          {party.name} <span className="muted">{t(`side.${party.side}`)}</span>
        </h3>
        <Tag kind={consented ? 'ok' : 'warn'}>{t(consented ? 'consented' : 'notConsented')}</Tag>
        <Tag
          kind={
            party.identity ? (party.identity.attestedBy || party.identity.witness ? 'ok' : 'warn') : 'warn'
          }
        >
          {t(
            party.identity
              ? party.identity.attestedBy || party.identity.witness
                ? 'identityDone'
                : 'identityHalf'
              : 'identityOpen',
          )}
        </Tag>
      </div>
      <dl className="facts">
        {party.idNumberMasked && (
          <>
            <dt>{t('idNumber')}</dt>
            <dd>{party.idNumberMasked}</dd>
          </>
        )}
        {party.maskedPhone && (
          <>
            <dt>{t('phone')}</dt>
            <dd>{party.maskedPhone}</dd>
          </>
        )}
        {party.address && (
          <>
            <dt>{t('address')}</dt>
            <dd>{party.address}</dd>
          </>
        )}
        {party.identity && (
          <>
            <dt>{t('checked')}</dt>
            <dd>
              {t(`status:identity.${party.identity.method}`)} · {party.identity.checkedBy}
              {party.identity.attestedBy ? ` · ${t('attestedBy', { name: party.identity.attestedBy })}` : ''}
            </dd>
          </>
        )}
      </dl>
      <Representatives theCase={theCase} party={party} />
      <ErrorNotice error={verify.error ?? attest.error} />
      <div className="row">
        {can('record-consent') && <Button onClick={onSheet}>{t('sheet')}</Button>}
        {can('invite-party') && !party.usesStation && <Button onClick={onInvite}>{t('invite')}</Button>}
        {can('verify-identity') && !party.identity && (
          <Button
            onClick={() => verify.mutate(party.usesStation ? 'DOCUMENT_IN_PERSON' : 'DOCUMENT_BY_VIDEO')}
          >
            {t(party.usesStation ? 'verifyHere' : 'verifyVideo')}
          </Button>
        )}
        {can('attest-identity') && party.identity && !party.identity.attestedBy && (
          <Button onClick={() => attest.mutate()}>{t('attest', { name: party.name })}</Button>
        )}
      </div>
    </section>
  );
}

function Sessions({ theCase }: { theCase: Case }) {
  const t = useWords('case');
  const language = useLanguage();
  const [, go] = useLocation();
  const session = theCase.sessions.findLast((s) => s.status === 'SCHEDULED');
  const [moving, move] = useState(false);
  const [absent, setAbsent] = useState(false);
  if (theCase.sessions.length === 0) return null;
  return (
    <Card className="col">
      <h2>{t('sessions')}</h2>
      {theCase.sessions.map((s) => (
        <div key={s.id} className="row">
          <span className="grow">
            {formatMoment(s.plannedStart, language)}{' '}
            <span className="muted">{t(`status:session.${s.status}`)}</span>
          </span>
          {['SCHEDULED', 'CHECKING', 'OPEN', 'PAUSED'].includes(s.status) && (
            <Button onClick={() => go(`/sessions/${s.id}`)}>{t('toRoom')}</Button>
          )}
        </div>
      ))}
      {session && theCase.can.includes('reschedule') && (
        <div className="row">
          <Button onClick={() => move(true)}>{t('reschedule')}</Button>
          <Button onClick={() => setAbsent(true)}>{t('noShow')}</Button>
        </div>
      )}
      {session && moving && <Reschedule sessionId={session.id} onClose={() => move(false)} />}
      {session && absent && (
        <NoShow sessionId={session.id} parties={theCase.parties} onClose={() => setAbsent(false)} />
      )}
    </Card>
  );
}

function Reschedule({ sessionId, onClose }: { sessionId: string; onClose: () => void }) {
  const t = useWords('case');
  const [at, setAt] = useState(localNow(24 * 60));
  const [askedBy, setAskedBy] = useState('');
  const [reason, setReason] = useState('');
  const move = useVerb(
    () =>
      call(
        api.sessions[':sessionId'].reschedule.$post({
          param: { sessionId },
          json: { plannedStart: new Date(`${at}:00+08:00`).toISOString(), minutes: 60, askedBy, reason },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t('reschedule')} onClose={onClose}>
      <TextField label={t('when')} type="datetime-local" value={at} onChange={setAt} />
      <TextField label={t('askedBy')} value={askedBy} onChange={setAskedBy} />
      <TextField label={t('reason')} value={reason} onChange={setReason} />
      <ErrorNotice error={move.error} />
      <Button look="primary" big disabled={!askedBy.trim() || !reason.trim()} onClick={() => move.mutate()}>
        {t('reschedule')}
      </Button>
    </Dialog>
  );
}

function NoShow({
  sessionId,
  parties,
  onClose,
}: {
  sessionId: string;
  parties: Party[];
  onClose: () => void;
}) {
  const t = useWords('case');
  const [partyId, choose] = useState('');
  const [reason, setReason] = useState('');
  const record = useVerb(
    () =>
      call(api.sessions[':sessionId']['no-show'].$post({ param: { sessionId }, json: { partyId, reason } })),
    onClose,
  );
  return (
    <Dialog title={t('noShow')} onClose={onClose}>
      <p className="notice warn">{t('noShowHint')}</p>
      {parties.map((p) => (
        <Choice
          key={p.id}
          type="radio"
          name="absent"
          checked={partyId === p.id}
          onChange={() => choose(p.id)}
        >
          {p.name}
        </Choice>
      ))}
      <TextField label={t('reason')} value={reason} onChange={setReason} />
      <ErrorNotice error={record.error} />
      <Button look="primary" big disabled={!partyId || !reason.trim()} onClick={() => record.mutate()}>
        {t('noShow')}
      </Button>
    </Dialog>
  );
}

function Deadlines({ theCase }: { theCase: Case }) {
  const t = useWords('case');
  const open = theCase.deadlines.filter((d) => !d.met);
  if (open.length === 0) return null;
  return (
    <Card className="col">
      <h2>{t('deadlines')}</h2>
      {open.map((d) => (
        <div key={d.kind}>
          <strong>{t(`deadline.${d.kind}`)}</strong> {d.dueOn}
          <div className="muted small">{d.basis}</div>
        </div>
      ))}
    </Card>
  );
}

function Papers({ theCase }: { theCase: Case }) {
  const t = useWords('case');
  const c = useWords('common');
  const [files, setFiles] = useState<FileList | null>(null);
  const add = useVerb(async () => {
    for (const file of files ?? []) {
      const form = new FormData();
      form.set('file', file);
      form.set('kind', 'EVIDENCE');
      await upload(`/api/cases/${theCase.id}/attachments`, form);
    }
    setFiles(null);
  });
  return (
    <div className="col">
      {theCase.attachments.length === 0 && <p className="muted">{t('noPapers')}</p>}
      <ul>
        {theCase.attachments.map((a) => (
          <li key={a.id}>
            <a href={`/api/cases/${theCase.id}/attachments/${a.id}`}>{a.name}</a>{' '}
            <span className="muted small">SHA-256 {a.sha256.slice(0, 12)}…</span>
          </li>
        ))}
      </ul>
      {theCase.can.includes('upload') && (
        <>
          <div className="field">
            <label htmlFor="more-papers">{t('addPapers')}</label>
            <input
              id="more-papers"
              type="file"
              multiple
              accept="image/jpeg,image/png,image/webp,image/heic,application/pdf"
              onChange={(e) => setFiles(e.target.files)}
            />
          </div>
          <ErrorNotice error={add.error} />
          <Button
            disabled={!files || files.length === 0}
            busy={add.isPending && c('sending')}
            onClick={() => add.mutate()}
          >
            {t('upload')}
          </Button>
        </>
      )}
      {theCase.can.includes('print') && (
        <a className="btn" href={`/api/cases/${theCase.id}/print/notice`} target="_blank" rel="noreferrer">
          {t('printNotice')}
        </a>
      )}
    </div>
  );
}

function Timeline({ caseId }: { caseId: string }) {
  const t = useWords('case');
  const c = useWords('common');
  const language = useLanguage();
  const query = useQuery({
    queryKey: ['timeline', caseId],
    queryFn: () => call(api.cases[':caseId'].timeline.$get({ param: { caseId } })),
  });
  if (query.error) return <ErrorNotice error={query.error} />;
  if (!query.data) return <Waiting>{c('loading')}</Waiting>;
  return (
    <div className="scroll-x">
      <table>
        <thead>
          <tr>
            <th>{t('time')}</th>
            <th>{t('act')}</th>
            <th>{t('by')}</th>
          </tr>
        </thead>
        <tbody>
          {query.data.map((e) => (
            <tr key={e.seq}>
              <td>{formatMoment(e.at, language)}</td>
              <td>{t(`act.${e.action}`, { defaultValue: e.action })}</td>
              <td>
                {e.duty ? t(`status:duty.${e.duty}`) : ''} {e.actor ?? ''}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const endCodes = [
  'SETTLED_WITHDRAWN',
  'UNREACHABLE',
  'UNWILLING',
  'DIVERGENCE',
  'EXPIRED',
  'REFUSED_TO_SIGN',
  'OTHER',
] as const;

function EndCase({ theCase }: { theCase: Case }) {
  const t = useWords('case');
  const [open, setOpen] = useState(false);
  const [code, setCode] = useState<(typeof endCodes)[number]>('DIVERGENCE');
  const [reason, setReason] = useState('');
  const end = useVerb(
    () => call(api.cases[':caseId'].end.$post({ param: { caseId: theCase.id }, json: { code, reason } })),
    () => setOpen(false),
  );
  const over = [
    'REFUSED',
    'UNREACHABLE',
    'NO_AGREEMENT',
    'CLOSED',
    'ARCHIVED',
    'PERFORMING',
    'RETURNED',
    'TRANSFERRED',
    'BREACHED',
    'SUSPENDED',
  ].includes(theCase.status);
  if (!theCase.can.includes('terminate') || over) return null;
  return (
    <>
      <Button look="ghost" onClick={() => setOpen(true)}>
        {t('end')}
      </Button>
      {open && (
        <Dialog title={t('end')} onClose={() => setOpen(false)}>
          <p>{t('endHint')}</p>
          <SelectField
            label={t('endCode')}
            value={code}
            onChange={(v) => setCode(v as typeof code)}
            options={endCodes.map((value) => ({ value, label: t(`endCodes.${value}`) }))}
          />
          <TextField label={t('reason')} value={reason} onChange={setReason} rows={2} />
          <ErrorNotice error={end.error} />
          <Button look="seal" big disabled={!reason.trim()} onClick={() => end.mutate()}>
            {t('end')}
          </Button>
        </Dialog>
      )}
    </>
  );
}
