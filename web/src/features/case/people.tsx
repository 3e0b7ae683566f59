import { useState } from 'react';
import { aside, colon, useWords } from '../../i18n/index.ts';
import { Dialog } from '../../ui/index.tsx';
import { ConsentSheet } from '../consents/index.ts';
import { InvitationDialog } from '../invitations/index.ts';
import { PersonCard } from './person-card.tsx';
import type { Case, Party } from './queries.ts';

/** The parties with their checks, and who works on the case. */
export function People({ theCase }: { theCase: Case }) {
  const t = useWords('case');
  const [sheetOf, openSheet] = useState<Party | null>(null);
  const [invited, invite] = useState<Party | null>(null);
  return (
    <div className="col">
      {theCase.parties.map((party) => (
        <PersonCard
          key={party.id}
          theCase={theCase}
          party={party}
          onSheet={() => openSheet(party)}
          onInvite={() => invite(party)}
        />
      ))}
      <h3>{t('appointments')}</h3>
      <ul>
        {theCase.appointments.map((a) => (
          <li key={a.id}>
            {t(`status:duty.${a.duty}`)} {a.name} {a.status === 'OFFERED' ? aside(t('offered')) : ''}
            {a.statement ? (
              <span className="muted">
                {colon()}
                {a.statement}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {sheetOf && (
        <Dialog title={t('sheetOf', { name: sheetOf.name })} onClose={() => openSheet(null)}>
          <ConsentSheet caseId={theCase.id} partyId={sheetOf.id} onDone={() => openSheet(null)} />
        </Dialog>
      )}
      {invited && <InvitationDialog caseId={theCase.id} partyId={invited.id} onClose={() => invite(null)} />}
    </div>
  );
}
