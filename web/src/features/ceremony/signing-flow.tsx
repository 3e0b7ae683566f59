import type { CeremonyStepKind } from '@tongxi/server/contract/enums.ts';
import { type ReactNode, useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice, Steps, Waiting } from '../../ui/index.tsx';
import { Decline } from './decline.tsx';
import { FallenNotice } from './fallen.tsx';
import { HurdleNotice } from './hurdle.tsx';
import { Signed } from './signed.tsx';
import { CodeStep } from './steps/code-step.tsx';
import { InkStep } from './steps/ink-step.tsx';
import { PhotoStep } from './steps/photo-step.tsx';
import type { StepProps } from './steps/place.ts';
import { QuestionsStep } from './steps/questions-step.tsx';
import { ReadStep } from './steps/read-step.tsx';
import { SignStep } from './steps/sign-step.tsx';
import { ThumbprintStep } from './steps/thumbprint-step.tsx';
import { WaitStep } from './steps/wait-step.tsx';
import { WitnessStep } from './steps/witness-step.tsx';
import { useCeremony } from './use-ceremony.ts';

/** The screen of each step; the server's plan says which one it is. Opening belongs to reading. */
const screens: Partial<Record<CeremonyStepKind | 'SIGN', (props: StepProps) => ReactNode>> = {
  OPENED: ReadStep,
  READ: ReadStep,
  QUESTIONS: QuestionsStep,
  PRIVATE_CHECK: WaitStep,
  INK: InkStep,
  THUMBPRINT: ThumbprintStep,
  WITNESS: WitnessStep,
  ORG_SEAL: WaitStep,
  CODE: CodeStep,
  PHOTO: PhotoStep,
  SIGN: SignStep,
};

/** One person's signing, step by step; after any failure the same step waits. */
export function SigningFlow({
  caseId,
  onDone,
  fieldName,
  of = 'agreement',
}: {
  caseId: string;
  onDone: () => void;
  fieldName?: string;
  of?: 'agreement' | 'application';
}) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const query = useCeremony(caseId, of);
  const [declining, decline] = useState(false);
  const [paused, pause] = useState(false);
  if (query.error) return <ErrorNotice error={query.error} />;
  if (!query.data) return <Waiting>{c('loading')}</Waiting>;
  const ceremony = query.data;
  const slot =
    ceremony.slots.find(
      (s) => s.mine && (fieldName === undefined ? !s.signedAt : s.fieldName === fieldName),
    ) ?? ceremony.slots.find((s) => s.mine);
  if (!slot) return <p className="notice">{t('notYours')}</p>;
  if (slot.signedAt) return <Signed slot={slot} ceremony={ceremony} onDone={onDone} />;
  if (ceremony.medium !== 'ELECTRONIC') return <p className="notice">{t('paperOnly')}</p>;
  if (!slot.open) return <p className="notice">{t('notYourTurn')}</p>;
  const order: CeremonyStepKind[] = slot.plan
    .map((s) => s.kind)
    .filter((kind) => kind !== 'OPENED' && kind !== 'CERTIFICATE');
  const current = slot.next ?? 'SIGN';
  const shown = current === 'OPENED' ? 'READ' : current === 'SIGN' ? 'SIGNED' : current;
  const Screen = screens[current];
  const place = { caseId, fieldName: slot.fieldName };
  return (
    <div className="col" data-signing-step={current}>
      <Steps now={order.indexOf(shown) + 1} total={order.length} />
      <FallenNotice fallen={ceremony.fallen} />
      {slot.hurdle ? (
        <HurdleNotice hurdle={slot.hurdle} />
      ) : paused ? (
        <p className="notice">{t('pausedHint')}</p>
      ) : (
        Screen && <Screen key={current} place={place} ceremony={ceremony} slot={slot} />
      )}
      <div className="row">
        {!slot.hurdle && (
          <Button look="ghost" onClick={() => pause(!paused)}>
            {t(paused ? 'goOn' : 'pause')}
          </Button>
        )}
        <Button look="ghost" onClick={() => decline(true)}>
          {t('decline')}
        </Button>
      </div>
      {declining && <Decline place={place} onClose={() => decline(false)} />}
    </div>
  );
}
