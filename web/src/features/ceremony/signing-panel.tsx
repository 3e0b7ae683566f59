import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, Tag, Waiting } from '../../ui/index.tsx';
import { useCase } from '../case/index.ts';
import { useVerb } from '../case/use-verb.ts';
import { ChoosePaper, PaperPanel } from '../paper/index.ts';
import { FallenNotice } from './fallen.tsx';
import { SigningFlow } from './signing-flow.tsx';
import { SlotRow } from './slot-row.tsx';
import { useCeremony } from './use-ceremony.ts';

/** Who has signed and who has not, by name; one’s own signature, the hand-over, the seal. */
export function SigningPanel({ caseId }: { caseId: string }) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const query = useCeremony(caseId);
  const theCase = useCase(caseId);
  const [signing, sign] = useState<string | null>(null);
  const seal = useVerb(() => call(api.cases[':caseId'].seal.$post({ param: { caseId } })));
  const [sealing, askSeal] = useState(false);
  if (query.error) return <ErrorNotice error={query.error} />;
  if (!query.data || !theCase.data) return <Waiting>{c('loading')}</Waiting>;
  const ceremony = query.data;
  const can = (action: (typeof theCase.data.can)[number]) => theCase.data.can.includes(action);
  const next = ceremony.slots.find((s) => s.partyId && s.open && !s.signedAt && !s.hurdle);
  const committee = ceremony.slots.find((s) => s.role === 'committee');
  return (
    <div className="col">
      <h2>{t('panelTitle')}</h2>
      <p className="muted small">
        {t('version', { n: ceremony.versionNumber })} · SHA-256 {ceremony.baseSha256?.slice(0, 16)}…
      </p>
      <FallenNotice fallen={ceremony.fallen} />
      {ceremony.medium === 'PAPER' && <PaperPanel caseId={caseId} />}
      {ceremony.medium === 'ELECTRONIC' && ceremony.status === 'FROZEN' && can('choose-paper') && (
        <ChoosePaper caseId={caseId} />
      )}
      {ceremony.medium === 'ELECTRONIC' &&
        ceremony.slots.map((slot) => (
          <SlotRow
            key={slot.fieldName}
            caseId={caseId}
            slot={slot}
            first={slot.fieldName === next?.fieldName}
            can={theCase.data?.can ?? []}
            onSign={() => sign(slot.fieldName)}
          />
        ))}
      <ErrorNotice error={seal.error} />
      {can('seal') && committee?.open && (
        <Button look="seal" big wide onClick={() => askSeal(true)}>
          {t('seal')}
        </Button>
      )}
      {ceremony.status === 'SEALING' && <Tag kind="warn">{t('status:agreement.SEALING')}</Tag>}
      {sealing && (
        <Dialog title={t('seal')} onClose={() => askSeal(false)}>
          <p>{t('sealHint', { committee: committee?.signerName ?? '' })}</p>
          <ErrorNotice error={seal.error} />
          <Button
            look="seal"
            big
            busy={seal.isPending && t('sealing')}
            onClick={() => seal.mutate(undefined, { onSuccess: () => askSeal(false) })}
          >
            {t('sealConfirm')}
          </Button>
        </Dialog>
      )}
      {signing && (
        <Dialog title={t('panelTitle')} onClose={() => sign(null)}>
          <SigningFlow caseId={caseId} fieldName={signing} onDone={() => sign(null)} />
        </Dialog>
      )}
    </div>
  );
}
