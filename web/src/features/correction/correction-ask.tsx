import type { ReactNode } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Card, ErrorNotice } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import { useCorrections } from './use-corrections.ts';

/**
 * A party is asked about a slip of the pen: what stands there, what was meant, yes or no. What else there is to decide
 * (`children`) waits for the answer: one thing at a time.
 */
export function CorrectionAsk({ caseId, children }: { caseId: string; children?: ReactNode }) {
  const t = useWords('correction');
  const c = useWords('common');
  const query = useCorrections(caseId);
  const asked = query.data?.corrections.find(
    (one) => one.status === 'PROPOSED' && one.answers.some((a) => a.mine && a.agreed === null),
  );
  const answer = useVerb((agreed: boolean) =>
    call(
      api.cases[':caseId'].corrections[':correctionId'].answer.$post({
        param: { caseId, correctionId: asked?.id ?? '' },
        json: { agreed },
      }),
    ),
  );
  if (query.isPending) return null;
  if (!asked) return children;
  return (
    <Card className="next col" label={t('title')}>
      <h2>{t('ask')}</h2>
      <p>{t('askHint', { title: asked.title })}</p>
      <p className="notice">{t('change', { was: asked.was, corrected: asked.corrected })}</p>
      <p className="muted">{asked.reason}</p>
      <ErrorNotice error={answer.error} />
      <Button
        look="primary"
        big
        wide
        busy={answer.isPending && c('sending')}
        onClick={() => answer.mutate(true)}
      >
        {t('agree')}
      </Button>
      <Button wide onClick={() => answer.mutate(false)}>
        {t('refuse')}
      </Button>
    </Card>
  );
}
