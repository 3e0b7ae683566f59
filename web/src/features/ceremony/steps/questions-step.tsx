import { useState } from 'react';
import { call } from '../../../api/client.ts';
import { listMark, useWords } from '../../../i18n/index.ts';
import { Button, ErrorNotice } from '../../../ui/index.tsx';
import { useVerb } from '../../case/use-verb.ts';
import { type Answers, answered, questions, ThreeQuestions, valuesOf } from '../three-questions.tsx';
import { at, type StepProps } from './place.ts';

/** Any no stops and calls the mediator. At the station the mediator asks aloud while the others step away. */
export function QuestionsStep(props: StepProps) {
  return props.ceremony.questionsBy === 'MEDIATOR' ? <AskedAloud {...props} /> : <OwnAnswers {...props} />;
}

function OwnAnswers({ place, slot }: StepProps) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const [answers, setAnswers] = useState<Answers>({});
  const send = useVerb(() => call(at.questions.$post({ param: place, json: valuesOf(answers) })));
  const stopped = send.data?.stopped ?? slot.steps.some((s) => s.kind === 'QUESTIONS');
  return (
    <div className="col">
      <h1>{t('questionsTitle')}</h1>
      <ThreeQuestions answers={answers} onChange={setAnswers} />
      {stopped && (
        <p className="notice warn" role="status">
          {t('stopped')}
        </p>
      )}
      <ErrorNotice error={send.error} />
      <Button
        look="primary"
        big
        wide
        disabled={!answered(answers)}
        busy={send.isPending && c('sending')}
        onClick={() => send.mutate()}
      >
        {t('next')}
      </Button>
    </div>
  );
}

function AskedAloud({ ceremony, slot }: StepProps) {
  const t = useWords('ceremony');
  const stopped = slot.steps.some((s) => s.kind === 'QUESTIONS');
  return (
    <div className="col">
      <h1>{t('aloudTitle', { names: ceremony.mediators.join(listMark()) })}</h1>
      <p>{t('aloudHint')}</p>
      <ol className="card">
        {questions.map((key) => (
          <li key={key}>{t(`question.${key}`)}</li>
        ))}
      </ol>
      <p className={stopped ? 'notice warn' : 'notice'} role="status">
        {t(stopped ? 'stopped' : 'aloudWaiting')}
      </p>
    </div>
  );
}
