import type { AloneWay } from '@tongxi/server/contract/ceremony-steps.ts';
import { useState } from 'react';
import { call } from '../../../api/client.ts';
import { useWords } from '../../../i18n/index.ts';
import { Button, Choice, Dialog, ErrorNotice, TextField } from '../../../ui/index.tsx';
import { useVerb } from '../../case/use-verb.ts';
import { at, type Place } from '../steps/place.ts';
import { WaySelect } from './ask-aloud.tsx';

type Result = 'CLEAR' | 'CONCERN';

/** Mediator or judge talked alone with this signer: the result decides whether the signing goes on. */
export function CheckSigner({ place, name, onClose }: { place: Place; name: string; onClose: () => void }) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const [alone, setAlone] = useState(false);
  const [way, setWay] = useState<AloneWay>('VIDEO');
  const [result, choose] = useState<Result | null>(null);
  const [note, setNote] = useState('');
  const save = useVerb(
    (found: Result) =>
      call(
        at['private-check'].$post({
          param: place,
          json: { result: found, way, alone: true, note: note.trim() },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t('checkTitle', { name })} onClose={onClose}>
      <p>{t('checkHint', { name })}</p>
      <WaySelect way={way} onWay={setWay} />
      <Choice type="checkbox" checked={alone} onChange={setAlone}>
        {t('othersAway', { name })}
      </Choice>
      {(['CLEAR', 'CONCERN'] as const).map((value) => (
        <Choice
          key={value}
          type="radio"
          name="check-result"
          checked={result === value}
          onChange={() => choose(value)}
        >
          {t(`checkResult.${value}`)}
        </Choice>
      ))}
      <TextField label={t('checkNote')} value={note} onChange={setNote} rows={3} maxLength={500} />
      <ErrorNotice error={save.error} />
      <Button
        look="primary"
        big
        wide
        disabled={!alone || !result || !note.trim()}
        busy={save.isPending && c('sending')}
        onClick={() => result && save.mutate(result)}
      >
        {t('checkSave')}
      </Button>
    </Dialog>
  );
}
