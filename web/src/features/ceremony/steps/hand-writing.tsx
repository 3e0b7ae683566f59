import { useState } from 'react';
import { useWords } from '../../../i18n/index.ts';
import { Button } from '../../../ui/index.tsx';
import { type InkValue, SignaturePad } from '../../../ui/signature-pad.tsx';
import { ShownBack } from './shown-back.tsx';

/** Writes a name, shows it back as it will be printed, and lets it be written again. */
export function HandWriting({
  name,
  busy,
  onAccept,
}: {
  name: string;
  busy: string | false;
  onAccept: (ink: InkValue) => void;
}) {
  const t = useWords('ceremony');
  const [ink, setInk] = useState<InkValue | null>(null);
  const [clears, clear] = useState(0);
  const [shown, show] = useState(false);
  const again = () => {
    setInk(null);
    show(false);
    clear((n) => n + 1);
  };
  if (ink && shown)
    return (
      <div className="col">
        <p>{t('legible', { name })}</p>
        <ShownBack ink={ink} label={t('shownBack', { name })} />
        <Button look="primary" big wide busy={busy} onClick={() => onAccept(ink)}>
          {t('legibleYes')}
        </Button>
        <Button big wide onClick={again}>
          {t('redo')}
        </Button>
      </div>
    );
  return (
    <div className="col">
      <SignaturePad label={t('inkLabel')} onChange={setInk} clearSignal={clears} />
      <Button look="primary" big wide disabled={!ink} onClick={() => show(true)}>
        {t('written')}
      </Button>
      <Button disabled={!ink} onClick={again}>
        {t('redo')}
      </Button>
    </div>
  );
}
