import { hashSecret, newSecret } from '../../server/src/services/secrets-hash.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import type { Running } from '../../server/src/start.ts';
import type { CourtApp } from '../factories/case.ts';
import type { SeededCourt } from '../factories/court.ts';
import type { Answer, Client } from './test-app.ts';

/** Clients of a running service over HTTP, with sessions written into its database. */
export function serviceClients(
  app: Pick<Running, 'deps' | 'url'>,
  court: SeededCourt,
): CourtApp & { cookieOf(client: Client): { name: string; value: string; url: string } } {
  const { deps } = app;
  const cookies = new Map<Client, string>();
  const client = (cookie: string, as: 'staff' | 'party'): Client => {
    const raw = (path: string, init: RequestInit = {}) =>
      fetch(`${app.url}${path}`, {
        ...init,
        headers: {
          'x-tongxi': '1',
          'x-tongxi-as': as,
          origin: app.url,
          cookie,
          ...(init.headers as Record<string, string> | undefined),
        },
      });
    const json = async <T>(path: string, init: RequestInit): Promise<Answer<T>> => {
      const answer = await raw(path, init);
      return { status: answer.status, body: (await answer.json()) as T };
    };
    const made: Client = {
      raw,
      get: (path) => json(path, {}),
      delete: (path) => json(path, { method: 'DELETE' }),
      post: (path, body = {}, headers = {}) =>
        json(path, {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json', ...headers },
        }),
    };
    cookies.set(made, cookie);
    return made;
  };
  const expiresAt = () => new Date(Date.now() + 3600_000);
  return {
    deps,
    court,
    cookieOf(client) {
      const [name = '', value = ''] = (cookies.get(client) ?? '').split('=');
      return { name, value, url: app.url };
    },
    async asStaff(login, options = {}) {
      const token = newSecret();
      await inCourt(deps.db, court.courtId, (tx) =>
        tx.staffSession.create({
          data: {
            courtId: court.courtId,
            staffUserId: court.staff[login],
            deviceId: options.atStation ? court.deviceId : null,
            tokenHash: hashSecret(deps.settings.tokenKey, 'staff-session', token),
            method: options.atStation ? 'DEVICE_SMS' : 'PASSWORD',
            secondFactorAt: new Date(),
            expiresAt: expiresAt(),
          },
        }),
      );
      return client(`tongxi_staff=${token}`, 'staff');
    },
    async asParty({ caseId, partyId, agentId, via = 'LINK' }) {
      const token = newSecret();
      await inCourt(deps.db, court.courtId, (tx) =>
        tx.partySession.create({
          data: {
            courtId: court.courtId,
            caseId,
            partyId: agentId ? null : (partyId ?? null),
            agentId: agentId ?? null,
            tokenHash: hashSecret(deps.settings.tokenKey, 'party-session', token),
            kind: via,
            expiresAt: expiresAt(),
          },
        }),
      );
      return client(`tongxi_party=${token}`, 'party');
    },
  };
}
