import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useActWords } from '../../i18n/act-words.ts';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Card, Empty, ErrorNotice, Field, SelectField, Tag, Waiting } from '../../ui/index.tsx';

/** Filters that auditors ask for most; each is the beginning of an action's name. */
const kinds = [
  '',
  'sign-in',
  'refused',
  'release-lockout',
  'manage-staff',
  'assign-duty',
  'enrol-device',
  'revoke-device',
  'hand-over-screen',
  'seal',
  'system',
];

/** Who did what and when, newest first, and whether the chain holds. */
export function AuditPage() {
  const t = useWords('admin');
  const c = useWords('common');
  const language = useLanguage();
  const act = useActWords();
  const [action, setAction] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const filter = { ...(action ? { action } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}) };
  const log = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) =>
      call(api.audit.$get({ query: { ...filter, ...(pageParam ? { before: pageParam } : {}) } })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const rows = log.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div className="col">
      <h1>{t('auditTitle')}</h1>
      <ChainCard />
      <Card className="row">
        <SelectField
          label={t('kind')}
          value={action}
          onChange={setAction}
          options={kinds.map((kind) => ({ value: kind, label: t(`kindOf.${kind || 'all'}`) }))}
        />
        <Field label={t('from')}>
          {(props) => <input {...props} type="date" value={from} onChange={(e) => setFrom(e.target.value)} />}
        </Field>
        <Field label={t('to')}>
          {(props) => <input {...props} type="date" value={to} onChange={(e) => setTo(e.target.value)} />}
        </Field>
        <Button onClick={() => void log.refetch()}>{c('refresh')}</Button>
      </Card>
      <ErrorNotice error={log.error} />
      {log.isPending && <Waiting>{c('loading')}</Waiting>}
      {log.data && rows.length === 0 && (
        <Card>
          <Empty title={t('noRows')} />
        </Card>
      )}
      {rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard
        <section className="scroll-x" tabIndex={0} aria-label={t('auditTitle')}>
          <table>
            <thead>
              <tr>
                <th scope="col">#</th>
                <th scope="col">{t('at')}</th>
                <th scope="col">{t('who')}</th>
                <th scope="col">{t('what')}</th>
                <th scope="col">{t('onWhat')}</th>
                <th scope="col">{t('details')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.seq}>
                  <td className="whole">{row.seq}</td>
                  <td className="whole">{formatMoment(row.at, language)}</td>
                  <td className="whole">
                    {row.actorName ?? t(`actor.${row.actorKind}`)}
                    {row.duty && <div className="muted small">{t(`status:duty.${row.duty}`)}</div>}
                  </td>
                  <td>{act(row.action)}</td>
                  <td>
                    {row.caseNumber ??
                      row.subjectName ??
                      t(`subject.${row.subjectType}`, { defaultValue: row.subjectType })}
                  </td>
                  <td className="small">
                    {Object.entries(row.data).map(([key, value]) => (
                      <div key={key}>
                        {key}: {typeof value === 'string' ? value : JSON.stringify(value)}
                      </div>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {log.hasNextPage && (
        <Button busy={log.isFetchingNextPage && c('loading')} onClick={() => void log.fetchNextPage()}>
          {t('older')}
        </Button>
      )}
    </div>
  );
}

/** Walking the whole chain takes its time: it is asked for. */
function ChainCard() {
  const t = useWords('admin');
  const verify = useMutation({ mutationFn: () => call(api.audit.chain.$get()) });
  const chain = verify.data;
  return (
    <Card className="col">
      <div className="row">
        <div className="grow">
          <h2>{t('chain')}</h2>
          <p className="muted">{t('chainHint')}</p>
        </div>
        {chain && <Tag kind={chain.ok ? 'ok' : 'seal'}>{t(chain.ok ? 'chainOk' : 'chainBroken')}</Tag>}
        <Button look="primary" busy={verify.isPending && t('chainRuns')} onClick={() => verify.mutate()}>
          {t('chainVerify')}
        </Button>
      </div>
      {chain && (
        <dl className="facts">
          <dt>{t('chainEvents')}</dt>
          <dd>{chain.events}</dd>
          <dt>{t('chainErased')}</dt>
          <dd>{chain.erased}</dd>
          <dt>{t('chainHead')}</dt>
          <dd>
            <code>{chain.head}</code>
          </dd>
          {chain.faults.map((fault) => (
            <div key={`${fault.seq}-${fault.fault}`} className="row">
              <dt>#{fault.seq}</dt>
              <dd>{t(`fault.${fault.fault}`)}</dd>
            </div>
          ))}
        </dl>
      )}
      <ErrorNotice error={verify.error} />
    </Card>
  );
}
