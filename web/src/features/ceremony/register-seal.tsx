import { useState } from 'react';
import { upload } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Choice, Dialog, ErrorNotice, Field } from '../../ui/index.tsx';
import type { Case, Party } from '../case/queries.ts';
import { useVerb } from '../case/use-verb.ts';

/** The registered seal image of an organisation, from its original, before the text is frozen. */
export function RegisterSeal({ theCase, party }: { theCase: Case; party: Party }) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const [open, show] = useState(false);
  const [seen, setSeen] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const known = theCase.attachments.some(
    (a) => a.kind === 'SEAL_IMAGE' && a.partyId === party.id && a.originalSeen,
  );
  const send = useVerb(
    async () => {
      if (!file) return;
      const form = new FormData();
      form.set('file', file);
      form.set('kind', 'SEAL_IMAGE');
      form.set('partyId', party.id);
      form.set('originalSeen', 'true');
      await upload(`/api/cases/${theCase.id}/attachments`, form);
    },
    () => show(false),
  );
  if (party.kind !== 'ORGANISATION' || !theCase.can.includes('compare-seal')) return null;
  if (known) return <span className="muted small">{t('orgSealKnown')}</span>;
  return (
    <>
      <Button onClick={() => show(true)}>{t('orgSealRegister')}</Button>
      {open && (
        <Dialog title={t('orgSealRegister')} onClose={() => show(false)}>
          <p>{t('orgSealRegisterHint')}</p>
          <Field label={t('orgSealRegistered')}>
            {(props) => (
              <input
                {...props}
                type="file"
                accept="image/jpeg,image/png,image/webp,image/heic"
                onChange={(e) => setFile(e.target.files?.[0] ?? null)}
              />
            )}
          </Field>
          <Choice type="checkbox" checked={seen} onChange={setSeen}>
            {t('orgSealSeen')}
          </Choice>
          <ErrorNotice error={send.error} />
          <Button
            look="primary"
            big
            wide
            disabled={!file || !seen}
            busy={send.isPending && c('sending')}
            onClick={() => send.mutate()}
          >
            {c('save')}
          </Button>
        </Dialog>
      )}
    </>
  );
}
