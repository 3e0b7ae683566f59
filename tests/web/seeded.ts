import type { Running } from '../../server/src/start.ts';
import { c1Intake, openSession, plannedCase } from '../factories/case.ts';
import { createCourt } from '../factories/court.ts';
import { c1Terms, draftUpdate } from '../factories/draft.ts';
import { serviceClients } from '../setup/service-clients.ts';
import type { Client } from '../setup/test-app.ts';

type Sent = { template: string; at: string; values: Record<string, string> };

const all = ['MEDIATION', 'ONLINE', 'RECORDING', 'E_SIGNATURE', 'E_SERVICE', 'COURT_ACCESS'];
export const everyYes = { answers: all.map((item) => ({ item, agreed: true })) };

export async function must<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

/** A court of its own in the running demo, with its people's clients and the messages that went out. */
export async function seededCourt(app: Running) {
  const court = await createCourt(app.deps, { suffix: '-web', passwordHash: 'none' });
  const clients = serviceClients(app, court);
  /** The newest message of a template that went out since; every sender here waits for its own. */
  const newest = async (template: string, after: Date): Promise<Record<string, string>> => {
    const until = Date.now() + 20_000;
    while (Date.now() < until) {
      const sent = (await (await fetch(`${app.url}/api/demo/sms`)).json()) as Sent[];
      const found = sent.find((m) => m.template === template && Date.parse(m.at) >= after.getTime());
      if (found) return found.values;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`no message ${template}`);
  };
  return { court, clients, newest };
}
export type Seeded = Awaited<ReturnType<typeof seededCourt>>;

/** Registered, nobody mediates yet. */
export async function registered({ court }: Seeded, director: Client) {
  return must(director.post<{ id: string }>('/api/cases', c1Intake(court.stationId)));
}

/** Planned, with an invitation sent to 周建波. */
export async function invited(seeded: Seeded) {
  const c1 = await plannedCase(seeded.clients);
  const invitation = await must(
    c1.director.post<{ link: string }>(`/api/cases/${c1.caseId}/parties/${c1.zhou}/invitation`),
  );
  return { ...c1, link: invitation.link };
}

/** Both sides sit at the station, so that deciding needs no video; the text is written. */
export async function onSite(seeded: Seeded) {
  const c1 = await openSession(seeded.clients);
  const at = `/api/sessions/${c1.sessionId}`;
  await must(c1.zhouPhone.post(`${at}/leave`));
  await must(c1.director.post(`${at}/seats/${c1.seats.station.id}/attendees`, { partyId: c1.zhou }));
  await must(c1.director.post(`${at}/onsite`));
  await must(
    c1.mediator.post(`/api/cases/${c1.caseId}/draft/updates`, {
      update: draftUpdate(c1Terms(c1.chen, c1.zhou)).update,
    }),
  );
  return c1;
}
