import { upload } from '../../../api/client.ts';
import { useWords } from '../../../i18n/index.ts';
import { CameraShot } from '../../../ui/camera-shot.tsx';
import { ErrorNotice } from '../../../ui/index.tsx';
import { useVerb } from '../../case/use-verb.ts';
import { pathOf, type StepProps } from './place.ts';

/** For somebody who cannot write: the thumb on white paper, photographed. */
export function ThumbprintStep({ place, slot }: StepProps) {
  const t = useWords('ceremony');
  const send = useVerb((photo: Blob) => {
    const form = new FormData();
    form.set('file', photo, 'thumbprint');
    return upload(`${pathOf(place)}/thumbprint`, form);
  });
  return (
    <div className="col">
      <h1>{t('thumbTitle', { name: slot.signerName })}</h1>
      <p>{t('thumbHint', { witness: slot.witness ?? '' })}</p>
      <ErrorNotice error={send.error} />
      <CameraShot
        facing="environment"
        use={t('thumbUse')}
        busy={send.isPending}
        onUse={(photo) => send.mutate(photo)}
      />
    </div>
  );
}
