import { useWords } from '../../i18n/index.ts';
import { Button, TextField } from '../../ui/index.tsx';
import { type AuthorityDraft, AuthorityFields, authorityValues, noAuthority } from './authority-fields.tsx';

export type AgentDraft = { name: string; phone: string; idNumber: string } & AuthorityDraft;

/** Only what was filled in; the server checks every value again. */
export function filledAgent({ name, phone, idNumber, ...authority }: AgentDraft) {
  return {
    name: name.trim(),
    ...(phone.trim() ? { phone: phone.trim() } : {}),
    ...(idNumber.trim() ? { idNumber: idNumber.trim() } : {}),
    ...authorityValues(authority),
  };
}

/** One or two agents of a party, named while its dispute is registered. */
export function AgentsAtIntake({
  agents = [],
  onChange,
  name,
}: {
  agents: AgentDraft[] | undefined;
  onChange: (agents: AgentDraft[]) => void;
  name: string;
}) {
  const t = useWords('representation');
  const patch = (index: number, part: Partial<AgentDraft>) =>
    onChange(agents.map((agent, i) => (i === index ? { ...agent, ...part } : agent)));
  return (
    <div className="col">
      {agents.map((agent, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: agents have no other identity before they are saved
        <section key={i} className="card col" aria-label={t('agentNumber', { n: i + 1 })}>
          <div className="row">
            <h3 className="grow">{t('agentNumber', { n: i + 1 })}</h3>
            <Button look="ghost" onClick={() => onChange(agents.filter((_, at) => at !== i))}>
              {t('remove')}
            </Button>
          </div>
          <TextField label={t('name')} value={agent.name} onChange={(value) => patch(i, { name: value })} />
          <TextField
            label={t('idNumber')}
            autoComplete="off"
            value={agent.idNumber}
            onChange={(idNumber) => patch(i, { idNumber })}
          />
          <TextField
            label={t('phone')}
            inputMode="tel"
            value={agent.phone}
            onChange={(phone) => patch(i, { phone })}
          />
          <AuthorityFields value={agent} onChange={(value) => patch(i, value)} name={`${name}-${i}`} />
        </section>
      ))}
      {agents.length < 2 && (
        <Button onClick={() => onChange([...agents, { name: '', phone: '', idNumber: '', ...noAuthority }])}>
          {t('addAgent')}
        </Button>
      )}
    </div>
  );
}
