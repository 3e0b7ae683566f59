import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { api, call } from '../../api/client.ts';

export const useOptions = () =>
  useQuery({ queryKey: ['sign-in-options'], queryFn: () => call(api['sign-in'].options.$get()) });

export const useDeviceSignIn = (enrolled: boolean) =>
  useQuery({
    queryKey: ['sign-in-device'],
    queryFn: () => call(api['sign-in'].device.$get()),
    enabled: enrolled,
  });

/** After any step of signing in: who am I now, and on to the page that was asked for. */
export function useArrive(): () => Promise<void> {
  const queries = useQueryClient();
  const [path, go] = useLocation();
  return async () => {
    await queries.invalidateQueries({ queryKey: ['me'] });
    await queries.invalidateQueries({ queryKey: ['sign-in-options'] });
    if (path === '/sign-in') go('/');
  };
}

/** One step of signing in; the page goes on by itself when it worked. */
export function useStep<Input>(work: (input: Input) => Promise<unknown>) {
  const arrive = useArrive();
  return useMutation({ mutationFn: work, onSuccess: arrive });
}

/** Passkeys need a secure page with a name: an address in digits has none. */
export const passkeysWork =
  typeof PublicKeyCredential !== 'undefined' &&
  window.isSecureContext &&
  !/^[\d.]+$|:/.test(location.hostname);
