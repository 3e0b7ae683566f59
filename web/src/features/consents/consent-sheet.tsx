import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Choice, ErrorNotice, Waiting } from '../../ui/index.tsx';

type Item = Parameters<
  (typeof api.cases)[':caseId']['parties'][':partyId']['consents']['$post']
>[0]['json']['answers'][number]['item'];

/** 《告知与同意书》: every box in plain words with its own yes and no; a no to recording does not end it. */
export function ConsentSheet({
  caseId,
  partyId,
  onDone,
}: {
  caseId: string;
  partyId: string;
  onDone: () => void;
}) {
  const t = useWords('consents');
  const c = useWords('common');
  const language = useLanguage();
  const queries = useQueryClient();
  const param = { caseId, partyId };
  const sheet = useQuery({
    queryKey: ['consents', caseId, partyId],
    queryFn: () => call(api.cases[':caseId'].parties[':partyId'].consents.$get({ param })),
  });
  const [answers, setAnswers] = useState<Partial<Record<Item, boolean>>>({});
  const save = useMutation({
    mutationFn: () =>
      call(
        api.cases[':caseId'].parties[':partyId'].consents.$post({
          param,
          json: {
            answers: Object.entries(answers).map(([item, agreed]) => ({
              item: item as Item,
              agreed: agreed === true,
            })),
          },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries();
      onDone();
    },
  });
  if (sheet.error) return <ErrorNotice error={sheet.error} />;
  if (!sheet.data) return <Waiting>{c('loading')}</Waiting>;
  const answerOf = (item: Item, before: boolean | null) => answers[item] ?? before;
  const open = sheet.data.filter((box) => answerOf(box.item, box.agreed) === null);
  const refusesMediation = answers.MEDIATION === false;
  return (
    <form
      className="col"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <p>{t('lead')}</p>
      {sheet.data.map((box) => (
        <fieldset key={box.item} className="card col" data-item={box.item}>
          <legend>
            <strong>{t(`status:consent.${box.item}`)}</strong> {box.required ? t('needed') : t('free')}
          </legend>
          <p>{language === 'en' ? box.en : box.zh}</p>
          <div className="row">
            {[true, false].map((value) => (
              <div key={String(value)} className="grow">
                <Choice
                  type="radio"
                  name={box.item}
                  checked={answerOf(box.item, box.agreed) === value}
                  onChange={() => setAnswers((now) => ({ ...now, [box.item]: value }))}
                >
                  {value ? c('yes') : c('no')}
                </Choice>
              </div>
            ))}
          </div>
        </fieldset>
      ))}
      {refusesMediation && <p className="notice warn">{t('refusing')}</p>}
      {open.length > 0 && (
        <Button
          wide
          onClick={() =>
            setAnswers((now) => ({ ...Object.fromEntries(open.map((box) => [box.item, true])), ...now }))
          }
        >
          {t('agreeRest', { count: open.length })}
        </Button>
      )}
      <ErrorNotice error={save.error} />
      <Button
        look="primary"
        big
        wide
        type="submit"
        busy={save.isPending && c('sending')}
        disabled={open.length > 0 || Object.keys(answers).length === 0}
      >
        {open.length > 0 ? t('stillOpen', { count: open.length }) : t('confirm')}
      </Button>
    </form>
  );
}
