import type { Client, TestApp } from '../setup/test-app.ts';
import { withCheckDigit } from './case.ts';
import { solidPng } from './files.ts';

/** The photographed power of attorney (or household register), kept with the case. */
export async function uploadAuthority(client: Client, caseId: string): Promise<string> {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(solidPng(60, 80))], '授权委托书.png'));
  form.set('kind', 'AUTHORITY');
  const answer = await client.raw(`/api/cases/${caseId}/attachments`, { method: 'POST', body: form });
  const { id } = (await answer.json()) as { id?: string };
  if (!id) throw new Error(`no attachment: ${answer.status}`);
  return id;
}

type For = { caseId: string; partyId: string; director: Client; mediator: Client };

/** The director names somebody who acts for a party; the mediator verifies it from the paper. */
export async function verifiedAgent(
  input: For & { agent: Record<string, unknown>; authority?: Record<string, unknown> },
): Promise<string> {
  const { caseId, partyId, director, mediator } = input;
  const at = `/api/cases/${caseId}/parties/${partyId}/agents`;
  const added = await director.post<{ id: string }>(at, {
    name: '王晨',
    phone: '13911113333',
    idNumber: withCheckDigit('33029919900101005'),
    ...input.agent,
  });
  if (added.status !== 200) throw new Error(JSON.stringify(added.body));
  const proofId = await uploadAuthority(director, caseId);
  const verified = await mediator.post(`${at}/${added.body.id}/authority`, {
    proofId,
    originalSeen: true,
    ...input.authority,
  });
  if (verified.status !== 200) throw new Error(JSON.stringify(verified.body));
  return added.body.id;
}

/** Identity of an agent: compared by the director, attested by the mediator, who is elsewhere. */
export async function identifiedAgent(input: For & { agentId: string }): Promise<void> {
  const at = `/api/cases/${input.caseId}/parties/${input.partyId}/agents/${input.agentId}/identity`;
  for (const answer of [
    await input.director.post(at, { method: 'DOCUMENT_IN_PERSON', samePerson: true }),
    await input.mediator.post(`${at}/attest`),
  ])
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
}

/** Makes a party of the case so many years old today. */
export async function agedParty(app: TestApp, partyId: string, years: number): Promise<void> {
  const { inCourt } = await import('../../server/src/services/transact.ts');
  const birthDate = new Date();
  birthDate.setUTCFullYear(birthDate.getUTCFullYear() - years);
  await inCourt(app.deps.db, app.court.courtId, (tx) =>
    tx.party.update({ where: { id: partyId }, data: { birthDate } }),
  );
}
