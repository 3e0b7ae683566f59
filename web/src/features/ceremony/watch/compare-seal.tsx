import { useState } from 'react';
import { askingAs } from '../../../api/acting.ts';
import { call, upload } from '../../../api/client.ts';
import { useWords } from '../../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, Field } from '../../../ui/index.tsx';
import { useCase } from '../../case/index.ts';
import { useVerb } from '../../case/use-verb.ts';
import { at, type Place } from '../steps/place.ts';

type Props = { place: Place; partyId: string; name: string; onClose: () => void };

/** The seal set now beside its registered image: a person says by name that both are the same. */
export function CompareSeal({ place, partyId, name, onClose }: Props) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const theCase = useCase(place.caseId);
  const registered = theCase.data?.attachments.find(
    (a) => a.kind === 'SEAL_IMAGE' && a.partyId === partyId && a.originalSeen,
  );
  const [shownId, setShown] = useState<string | null>(null);
  const send = useVerb(async (file: File) => {
    const form = new FormData();
    form.set('file', file);
    form.set('kind', 'SEAL_IMAGE');
    form.set('partyId', partyId);
    setShown((await upload<{ id: string }>(`/api/cases/${place.caseId}/attachments`, form)).id);
  });
  const same = useVerb(async () => {
    if (registered && shownId)
      await call(
        at['org-seal'].$post({
          param: place,
          json: { registeredId: registered.id, shownId, same: true },
        }),
      );
  }, onClose);
  const picture = (id: string) => `/api/cases/${place.caseId}/attachments/${id}/picture?as=${askingAs()}`;
  return (
    <Dialog title={t('orgSealTitle', { name })} onClose={onClose}>
      <p>{t('orgSealHint')}</p>
      <Field label={t('orgSealPhoto')}>
        {(props) => (
          <input
            {...props}
            type="file"
            accept="image/jpeg,image/png,image/webp,image/heic"
            onChange={(e) => e.target.files?.[0] && send.mutate(e.target.files[0])}
          />
        )}
      </Field>
      <div className="row">
        {registered && <img className="shot" src={picture(registered.id)} alt={t('orgSealRegistered')} />}
        {shownId && <img className="shot" src={picture(shownId)} alt={t('orgSealShown')} />}
      </div>
      <ErrorNotice error={send.error ?? same.error} />
      <Button
        look="primary"
        big
        wide
        disabled={!shownId || !registered}
        busy={same.isPending && c('sending')}
        onClick={() => same.mutate()}
      >
        {t('orgSealSame')}
      </Button>
    </Dialog>
  );
}
