import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice, SelectField } from '../../ui/index.tsx';
import type { Case } from './queries.ts';
import { useVerb } from './use-verb.ts';

/** Offers the case to somebody of the roster, or the director mediates where the roster allows. */
export function ChooseMediator({ theCase }: { theCase: Case }) {
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
