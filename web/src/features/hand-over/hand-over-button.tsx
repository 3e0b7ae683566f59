import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { HandOverPurpose } from '@tongxi/server/contract/sign-in.ts';
import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { useMe } from '../../shell/frame.tsx';
import { Button, Dialog, ErrorNotice } from '../../ui/index.tsx';
import { useCase } from '../case/index.ts';
import { PinField } from './pin-field.tsx';
import { switchHands } from './switch-hands.ts';

type Props = {
  caseId: string;
  partyId: string;
  agentId?: string;
  purpose: HandOverPurpose;
  /** The one next step; others of its kind stand plain. */
  first?: boolean;
};

/** 请陈阿根到屏幕前: by name, and everything of the director is gone from the screen before. */
export function HandOverButton({ caseId, partyId, agentId, purpose, first }: Props) {
  const t = useWords('sign-in');
  const c = useWords('common');
  const me = useMe();
  const theCase = useCase(caseId);
  const queries = useQueryClient();
  const [asking, ask] = useState(false);
  const party = theCase.data?.parties.find((p) => p.id === partyId);
  const name = (agentId ? party?.agents.find((a) => a.id === agentId)?.name : party?.name) ?? '';
  const handOver = useMutation({
    mutationFn: () =>
      call(api['hand-overs'].$post({ json: { caseId, partyId, purpose, ...(agentId ? { agentId } : {}) } })),
    onSuccess: () => switchHands(queries, 'party'),
  });
  if (!me.data?.atStation)
    return (
      <p className="muted small" data-hand-over="away">
        {t('handOverAway', { name })}
      </p>
    );
  return (
    <>
      <Button look={first ? 'primary' : 'plain'} onClick={() => ask(true)}>
        {t(`handOver.${purpose}`, { name })}
      </Button>
      {asking && (
        <Dialog title={t('handOverTitle', { name })} onClose={() => ask(false)}>
          {me.data.hasPin ? (
            <>
              <p>{t('handOverHint', { name })}</p>
              <ErrorNotice error={handOver.error} />
              <Button
                look="primary"
                big
                wide
                busy={handOver.isPending && c('sending')}
                onClick={() => handOver.mutate()}
              >
                {t('handOverNow', { name })}
              </Button>
            </>
          ) : (
            <ChoosePin />
          )}
        </Dialog>
      )}
    </>
  );
}

/** Before the first hand-over: the PIN that takes the screen back. */
export function ChoosePin({ onDone }: { onDone?: () => void }) {
  const t = useWords('sign-in');
  const c = useWords('common');
  const queries = useQueryClient();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const save = useMutation({
    mutationFn: () => call(api.account.pin.$post({ json: { pin } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['me'] });
      onDone?.();
    },
  });
  const differs = again !== '' && again !== pin;
  return (
    <form
      className="col"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <p>{t('pinWhy')}</p>
      <PinField label={t('pinNew')} value={pin} onChange={setPin} />
      <PinField
        label={t('pinAgain')}
        value={again}
        onChange={setAgain}
        problem={differs ? t('pinDiffers') : undefined}
      />
      <ErrorNotice error={save.error} />
      <Button
        look="primary"
        type="submit"
        disabled={!/^\d{4,8}$/.test(pin) || again !== pin}
        busy={save.isPending && c('sending')}
      >
        {c('save')}
      </Button>
    </form>
  );
}
