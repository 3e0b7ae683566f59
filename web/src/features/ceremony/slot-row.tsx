import { lazy, Suspense, useState } from 'react';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Button } from '../../ui/index.tsx';
import type { Case } from '../case/queries.ts';
import type { Slot } from './use-ceremony.ts';
import { AskAloud } from './watch/ask-aloud.tsx';
import { CheckSigner } from './watch/check-signer.tsx';
import { CompareSeal } from './watch/compare-seal.tsx';

const HandOverButton = lazy(() =>
  import('../hand-over/index.ts').then((m) => ({ default: m.HandOverButton })),
);

/** What a member of staff does about somebody's waiting step, and the act that it needs. */
const moves = {
  QUESTIONS: { action: 'ask-questions', words: 'askOf' },
  PRIVATE_CHECK: { action: 'check-signer', words: 'checkOf' },
  ORG_SEAL: { action: 'compare-seal', words: 'orgSealOf' },
} as const;
type Move = keyof typeof moves;
const isMove = (kind: Slot['next']): kind is Move => kind !== null && kind in moves;

type Props = { caseId: string; slot: Slot; first: boolean; can: Case['can']; onSign: () => void };

/** One place of the agreement: signed or not, at which step it waits, and what may be done about it now. */
export function SlotRow({ caseId, slot, first, can, onSign }: Props) {
  const t = useWords('ceremony');
  const language = useLanguage();
  const [moving, move] = useState<Move | null>(null);
  const waits = !slot.signedAt && slot.open;
  const next = waits && !slot.mine && isMove(slot.next) ? slot.next : null;
  const place = { caseId, fieldName: slot.fieldName };
  const close = () => move(null);
  const state = () => {
    if (slot.signedAt) return formatMoment(slot.signedAt, language);
    if (slot.declinedAt) return t('declined');
    if (!slot.open) return t('notYet');
    return slot.next && !slot.mine ? t(`at.${slot.next}`) : t('waitingFor');
  };
  return (
    <div className="check" data-slot={slot.role}>
      <span className={slot.signedAt ? 'box y' : 'box'} aria-hidden="true">
        {slot.signedAt ? '✓' : ''}
      </span>
      <div className="grow">
        <strong>{slot.signerName}</strong> <span className="muted">{t(`status:role.${slot.role}`)}</span>
        {slot.witness && <span className="muted small"> {t('witnessOf', { name: slot.witness })}</span>}
        <div className="muted small">{state()}</div>
        {waits && slot.hurdle && (
          <div className="small" data-hurdle={slot.hurdle.code}>
            {t(`errors:${slot.hurdle.code}`)}
          </div>
        )}
      </div>
      {waits && slot.mine && (
        <Button look="primary" onClick={onSign}>
          {t('signAs', { role: t(`status:role.${slot.role}`) })}
        </Button>
      )}
      {next && can.includes(moves[next].action) && (
        <Button look="primary" onClick={() => move(next)}>
          {t(moves[next].words, { name: slot.signerName })}
        </Button>
      )}
      {waits && slot.partyId && can.includes('hand-over-screen') && (
        <Suspense fallback={null}>
          <HandOverButton
            caseId={caseId}
            partyId={slot.partyId}
            {...(slot.agentId ? { agentId: slot.agentId } : {})}
            purpose="SIGN"
            first={first}
          />
        </Suspense>
      )}
      {moving === 'QUESTIONS' && <AskAloud place={place} name={slot.signerName} onClose={close} />}
      {moving === 'PRIVATE_CHECK' && <CheckSigner place={place} name={slot.signerName} onClose={close} />}
      {moving === 'ORG_SEAL' && slot.partyId && (
        <CompareSeal place={place} partyId={slot.partyId} name={slot.signerName} onClose={close} />
      )}
    </div>
  );
}
