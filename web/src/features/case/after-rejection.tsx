import { useState } from 'react';
import { useLocation } from 'wouter';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice } from '../../ui/index.tsx';
import type { Case } from './queries.ts';
import { useVerb } from './use-verb.ts';

/** After a rejected confirmation the parties mediate again or sue: the director writes down which, and goes on with it. */
export function AfterRejection({ theCase }: { theCase: Case }) {
  const t = useWords('case');
  const c = useWords('common');
  const [, go] = useLocation();
  const [suing, sue] = useState(false);
  const send = useVerb(
    (way: 'MEDIATE_AGAIN' | 'SUE') =>
      call(
        api.cases[':caseId'].confirmation['after-rejection'].$post({
          param: { caseId: theCase.id },
          json: { way },
        }),
      ),
    ({ draftId }) => {
      sue(false);
      if (draftId) go(`/cases/new/${draftId}`);
    },
  );
  return (
    <>
      <ErrorNotice error={send.error} />
      <Button
        look="primary"
        big
        wide
        busy={send.isPending && c('sending')}
        onClick={() => send.mutate('MEDIATE_AGAIN')}
      >
        {t('mediateAgain')}
      </Button>
      <Button wide onClick={() => sue(true)}>
        {t('theySue')}
      </Button>
      {suing && (
        <Dialog title={t('theySue')} onClose={() => sue(false)}>
          <p>{t('theySueHint')}</p>
          <Button look="primary" big busy={send.isPending && c('sending')} onClick={() => send.mutate('SUE')}>
            {t('theySueDone')}
          </Button>
        </Dialog>
      )}
    </>
  );
}
