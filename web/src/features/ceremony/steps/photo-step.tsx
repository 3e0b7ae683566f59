import { useState } from 'react';
import { call, upload } from '../../../api/client.ts';
import { useLanguage, useWords } from '../../../i18n/index.ts';
import { CameraShot } from '../../../ui/camera-shot.tsx';
import { Button, Choice, ErrorNotice } from '../../../ui/index.tsx';
import { useVerb } from '../../case/use-verb.ts';
import { at, pathOf, type StepProps } from './place.ts';

/** A photo of the signer, if they like, with a consent of its own; a no is as good. */
export function PhotoStep({ place, ceremony }: StepProps) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const language = useLanguage();
  const [agreed, agree] = useState(false);
  const { photoConsent } = ceremony;
  const skip = useVerb(() => call(at['no-photo'].$post({ param: place, json: { taken: false } })));
  const send = useVerb((photo: Blob) => {
    const form = new FormData();
    form.set('file', photo, 'photo');
    form.set('consentVersion', String(photoConsent.version));
    return upload(`${pathOf(place)}/photo`, form);
  });
  return (
    <div className="col">
      <h1>{t('photoTitle')}</h1>
      <p>{t('photoHint')}</p>
      <Choice type="checkbox" checked={agreed} onChange={agree}>
        {language === 'en' ? photoConsent.en : photoConsent.zh}
      </Choice>
      <ErrorNotice error={skip.error ?? send.error} />
      {agreed && (
        <CameraShot
          facing="user"
          use={t('photoUse')}
          busy={send.isPending}
          onUse={(photo) => send.mutate(photo)}
        />
      )}
      <Button
        big
        wide
        look={agreed ? 'plain' : 'primary'}
        busy={skip.isPending && c('sending')}
        onClick={() => skip.mutate()}
      >
        {t('photoSkip')}
      </Button>
    </div>
  );
}
