import { useState } from 'react';
import { call } from '../../../api/client.ts';
import { useWords } from '../../../i18n/index.ts';
import { Choice, ErrorNotice } from '../../../ui/index.tsx';
import type { InkValue } from '../../../ui/signature-pad.tsx';
import { useVerb } from '../../case/use-verb.ts';
import { HandWriting } from './hand-writing.tsx';
import { at, type StepProps } from './place.ts';

/** The witness, called by name, says what they saw and signs by hand. */
export function WitnessStep({ place, slot }: StepProps) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const [saw, setSaw] = useState(false);
  const witness = slot.witness ?? '';
  const send = useVerb((ink: InkValue) => call(at.witness.$post({ param: place, json: { ink, saw: true } })));
  return (
    <div className="col">
      <h1>{t('witnessTitle', { name: witness })}</h1>
      <Choice type="checkbox" checked={saw} onChange={setSaw}>
        {t('witnessSaw', { name: slot.signerName })}
      </Choice>
      <ErrorNotice error={send.error} />
      {saw && (
        <HandWriting
          name={witness}
          busy={send.isPending && c('sending')}
          onAccept={(ink) => send.mutate(ink)}
        />
      )}
    </div>
  );
}
