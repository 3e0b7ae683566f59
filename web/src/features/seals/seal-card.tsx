import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type CommitteeSealView, SealFault } from '@tongxi/server/contract/seal.ts';
import { Fragment, useState } from 'react';
import { ApiError, upload } from '../../api/client.ts';
import { formatLongDate, formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Card, ErrorNotice, Tag } from '../../ui/index.tsx';

/** One committee: the seal that stands with its picture, and a new one's import. */
export function SealCard({ committee, demo }: { committee: CommitteeSealView; demo: boolean }) {
  const t = useWords('seals');
  const { committeeName: name, state, seal } = committee;
  return (
    <Card>
      <div className="col" data-committee={name}>
        <div className="row">
          <h2 className="grow">{name}</h2>
          <Tag kind={state === 'GOOD' ? 'ok' : 'warn'}>
            {state === 'GOOD' ? t('good') : state === 'EXPIRED' ? t('expired') : t('none')}
          </Tag>
        </div>
        {seal ? (
          <SealFacts committee={committee} seal={seal} />
        ) : (
          <p className="muted">{t(demo ? 'noneDemo' : 'noneReal')}</p>
        )}
        <ImportSeal committee={committee} />
      </div>
    </Card>
  );
}

type Seal = NonNullable<CommitteeSealView['seal']>;

function SealFacts({ committee, seal }: { committee: CommitteeSealView; seal: Seal }) {
  const t = useWords('seals');
  const language = useLanguage();
  const facts = [
    [t('sealId'), seal.sealId],
    [t('maker'), seal.maker],
    [
      t('valid'),
      t('validRange', {
        from: formatLongDate(seal.validFrom, language),
        to: formatLongDate(seal.validTo, language),
      }),
    ],
    [t('imported'), t('importedBy', { name: seal.importedBy, at: formatMoment(seal.importedAt, language) })],
    [t('sha'), `${seal.sha256.slice(0, 16)}…`],
  ];
  return (
    <div className="row seal-facts">
      <img
        src={`/api/committees/${committee.committeeId}/seal/picture?${seal.id}`}
        alt={t('picture', { name: committee.committeeName })}
        width={132}
        height={132}
      />
      <dl className="facts">
        {facts.map(([label, value]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
    </div>
  );
}

function ImportSeal({ committee }: { committee: CommitteeSealView }) {
  const t = useWords('seals');
  const queries = useQueryClient();
  const [file, choose] = useState<File | null>(null);
  const take = useMutation({
    mutationFn: (chosen: File) => {
      const form = new FormData();
      form.set('file', chosen);
      return upload<{ id: string }>(`/api/committees/${committee.committeeId}/seal`, form);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['seals'] }),
  });
  const id = `seal-file-${committee.committeeId}`;
  const { error } = take;
  const fault = error instanceof ApiError ? SealFault.safeParse(error.details.reason).data : undefined;
  return (
    <div className="col">
      <div className="field">
        <label htmlFor={id}>{t('choose')}</label>
        <input
          id={id}
          type="file"
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            take.reset();
            choose(event.target.files?.[0] ?? null);
          }}
        />
        <p className="muted small" id={`${id}-hint`}>
          {t('hint')} {committee.seal ? t('replaceNote') : ''}
        </p>
      </div>
      <div className="row">
        <Button
          look={committee.seal ? 'seal' : 'primary'}
          disabled={!file}
          busy={take.isPending && t('sending')}
          onClick={() => file && take.mutate(file)}
        >
          {t(committee.seal ? 'replace' : 'import')}
        </Button>
        {take.isSuccess && <Tag kind="ok">{t('done')}</Tag>}
      </div>
      <ErrorNotice error={error}>{fault && <div>{t(`fault.${fault}`)}</div>}</ErrorNotice>
    </div>
  );
}
