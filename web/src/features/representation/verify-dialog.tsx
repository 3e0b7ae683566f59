import { useState } from 'react';
import { api, call, upload } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Choice, Dialog, ErrorNotice, Field, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import { AuthorityFields, authorityValues } from './authority-fields.tsx';
import type { Agent, CaseOfPage } from './representatives.tsx';

/** From the paper itself: powers one by one, its period, and the photographed paper. */
export function VerifyDialog({
  theCase,
  partyId,
  agent,
  onClose,
}: {
  theCase: CaseOfPage;
  partyId: string;
  agent: Agent;
  onClose: () => void;
}) {
  const t = useWords('representation');
  const c = useWords('common');
  const papers = theCase.attachments.filter((a) => a.kind === 'AUTHORITY');
  const guardian = agent.kind === 'GUARDIAN';
  const [authority, setAuthority] = useState({
    special: agent.special,
    powers: agent.powers,
    validFrom: agent.validFrom ?? '',
    validTo: agent.validTo ?? '',
  });
  const [paper, choose] = useState(papers.at(-1)?.id ?? '');
  const [file, setFile] = useState<File | null>(null);
  const [seen, setSeen] = useState(false);
  const [idNumber, setIdNumber] = useState('');
  const [phone, setPhone] = useState('');
  const verify = useVerb(async () => {
    let proofId = paper;
    if (file) {
      const form = new FormData();
      form.set('file', file);
      form.set('kind', 'AUTHORITY');
      form.set('partyId', partyId);
      form.set('originalSeen', 'true');
      proofId = (await upload<{ id: string }>(`/api/cases/${theCase.id}/attachments`, form)).id;
    }
    return call(
      api.cases[':caseId'].parties[':partyId'].agents[':agentId'].authority.$post({
        param: { caseId: theCase.id, partyId, agentId: agent.id },
        json: {
          proofId,
          originalSeen: true,
          ...(idNumber.trim() ? { idNumber: idNumber.trim() } : {}),
          ...(phone.trim() ? { phone: phone.trim() } : {}),
          ...(guardian ? { special: false, powers: [] } : authorityValues(authority)),
        },
      }),
    );
  }, onClose);
  const unnamed = !guardian && authority.special && authority.powers.length === 0;
  return (
    <Dialog title={t('verifyOf', { name: agent.name })} onClose={onClose}>
      <p>{t(guardian ? 'verifyGuardianHint' : 'verifyHint')}</p>
      {papers.map((a) => (
        <Choice
          key={a.id}
          type="radio"
          name="paper"
          checked={!file && paper === a.id}
          onChange={() => {
            setFile(null);
            choose(a.id);
          }}
        >
          {a.name}{' '}
          <a href={`/api/cases/${theCase.id}/attachments/${a.id}/picture`} target="_blank" rel="noreferrer">
            {t('look')}
          </a>
        </Choice>
      ))}
      <Field label={t('photograph')}>
        {(props) => (
          <input
            {...props}
            type="file"
            accept="image/jpeg,image/png,image/webp,image/heic,application/pdf"
            onChange={(e) => setFile(e.target.files?.[0] ?? null)}
          />
        )}
      </Field>
      {!agent.idNumberMasked && (
        <TextField label={t('idNumber')} autoComplete="off" value={idNumber} onChange={setIdNumber} />
      )}
      {!agent.maskedPhone && (
        <TextField
          label={t('phone')}
          inputMode="tel"
          value={phone}
          onChange={setPhone}
          hint={t('phoneHint')}
        />
      )}
      {!guardian && <AuthorityFields value={authority} onChange={setAuthority} name="verified-authority" />}
      <Choice type="checkbox" checked={seen} onChange={setSeen}>
        {t('originalSeen')}
      </Choice>
      <ErrorNotice error={verify.error} />
      <Button
        look="primary"
        big
        wide
        disabled={!seen || unnamed || (!file && !paper)}
        busy={verify.isPending && c('sending')}
        onClick={() => verify.mutate()}
      >
        {t('verify')}
      </Button>
    </Dialog>
  );
}
