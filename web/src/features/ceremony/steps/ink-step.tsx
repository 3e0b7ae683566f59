import { call } from '../../../api/client.ts';
import { useWords } from '../../../i18n/index.ts';
import { ErrorNotice } from '../../../ui/index.tsx';
import type { InkValue } from '../../../ui/signature-pad.tsx';
import { useVerb } from '../../case/use-verb.ts';
import { HandWriting } from './hand-writing.tsx';
import { at, type StepProps } from './place.ts';

/** Fresh handwriting; a dot or a flat wave is refused with its reason. */
export function InkStep({ place, slot }: StepProps) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const name = slot.representative ?? slot.signerName;
  const send = useVerb((ink: InkValue) => call(at.ink.$post({ param: place, json: ink })));
  return (
    <div className="col">
      <h1>{t('inkTitle', { name })}</h1>
      <p className="muted">{t('inkHint')}</p>
      <ErrorNotice error={send.error} />
      <HandWriting name={name} busy={send.isPending && c('sending')} onAccept={(ink) => send.mutate(ink)} />
    </div>
  );
}
