import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Choice, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import { AuthorityFields, authorityValues, noAuthority } from './authority-fields.tsx';

const empty = {
  kind: 'AUTHORISED' as 'AUTHORISED' | 'GUARDIAN',
  name: '',
  phone: '',
  idNumber: '',
  relation: '',
};

/** Names an agent, or the guardian of a minor; somebody else verifies the paper afterwards. */
export function AddAgentDialog({
  caseId,
  partyId,
  partyName,
  minor,
  onClose,
}: {
  caseId: string;
  partyId: string;
  partyName: string;
  minor: boolean;
  onClose: () => void;
}) {
  const t = useWords('representation');
  const c = useWords('common');
  const [who, setWho] = useState({ ...empty, kind: minor ? ('GUARDIAN' as const) : empty.kind });
  const [authority, setAuthority] = useState(noAuthority);
  const patch = (part: Partial<typeof empty>) => setWho((now) => ({ ...now, ...part }));
  const guardian = who.kind === 'GUARDIAN';
  const add = useVerb(
    () =>
      call(
        api.cases[':caseId'].parties[':partyId'].agents.$post({
          param: { caseId, partyId },
          json: {
            kind: who.kind,
            name: who.name.trim(),
            ...(who.phone.trim() ? { phone: who.phone.trim() } : {}),
            ...(who.idNumber.trim() ? { idNumber: who.idNumber.trim() } : {}),
            ...(guardian && who.relation.trim() ? { relation: who.relation.trim() } : {}),
            ...(guardian ? {} : authorityValues(authority)),
          },
        }),
      ),
    onClose,
  );
  const unnamed = !guardian && authority.special && authority.powers.length === 0;
  return (
    <Dialog title={t('addFor', { name: partyName })} onClose={onClose}>
      {(['AUTHORISED', 'GUARDIAN'] as const).map((kind) => (
        <Choice
          key={kind}
          type="radio"
          name="agent-kind"
          checked={who.kind === kind}
          onChange={() => patch({ kind })}
        >
          {t(`kind.${kind}`)}
        </Choice>
      ))}
      <TextField label={t('name')} value={who.name} onChange={(name) => patch({ name })} />
      <TextField
        label={t('idNumber')}
        autoComplete="off"
        value={who.idNumber}
        onChange={(idNumber) => patch({ idNumber })}
      />
      <TextField
        label={t('phone')}
        inputMode="tel"
        value={who.phone}
        onChange={(phone) => patch({ phone })}
        hint={t('phoneHint')}
      />
      {guardian ? (
        <TextField label={t('relation')} value={who.relation} onChange={(relation) => patch({ relation })} />
      ) : (
        <AuthorityFields value={authority} onChange={setAuthority} name="new-authority" />
      )}
      <p className="muted small">{t('addHint')}</p>
      <ErrorNotice error={add.error} />
      <Button
        look="primary"
        big
        wide
        disabled={!who.name.trim() || unnamed}
        busy={add.isPending && c('sending')}
        onClick={() => add.mutate()}
      >
        {t('add')}
      </Button>
    </Dialog>
  );
}
