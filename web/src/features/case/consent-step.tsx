import { useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog } from '../../ui/index.tsx';
import { ConsentSheet } from '../consents/index.ts';
import { InvitationDialog } from '../invitations/index.ts';
import { hasConsented } from './has-consented.ts';
import type { Case } from './queries.ts';

/** The next person whose consents are missing: at the station they are written down here, a phone is invited. */
export function ConsentStep({ theCase }: { theCase: Case }) {
  const t = useWords('case');
  const [open, setOpen] = useState(false);
  const party = theCase.parties.find((one) => !hasConsented(one));
  if (!party || !theCase.can.includes(party.usesStation ? 'record-consent' : 'invite-party')) return null;
  const { id: partyId, name, usesStation } = party;
  const close = () => setOpen(false);
  return (
    <>
      <Button look="primary" big wide onClick={() => setOpen(true)}>
        {t(usesStation ? 'sheetNow' : 'inviteNow', { name })}
      </Button>
      {open && usesStation && (
        <Dialog title={t('sheetOf', { name })} onClose={close}>
          <ConsentSheet caseId={theCase.id} partyId={partyId} onDone={close} />
        </Dialog>
      )}
      {open && !usesStation && <InvitationDialog caseId={theCase.id} partyId={partyId} onClose={close} />}
    </>
  );
}
