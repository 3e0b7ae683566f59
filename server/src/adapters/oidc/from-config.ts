import type { Config } from '../../config.ts';
import type { IdentityProvider } from '../../ports/identity-provider.ts';
import { openIdentityProvider } from './open-identity-provider.ts';

/** The identity service that the configuration names, or nothing to merge into the dependencies. */
export function identityProviderOf(config: Config): { identityProvider?: IdentityProvider } {
  if (!config.OIDC_ISSUER || !config.OIDC_CLIENT_ID) return {};
  return {
    identityProvider: openIdentityProvider({
      issuer: config.OIDC_ISSUER,
      clientId: config.OIDC_CLIENT_ID,
      ...(config.OIDC_CLIENT_SECRET ? { clientSecret: config.OIDC_CLIENT_SECRET } : {}),
      name: config.OIDC_NAME,
      loginClaim: config.OIDC_LOGIN_CLAIM,
      strongAcr: config.OIDC_STRONG_ACR.split(/[\s,]+/).filter(Boolean),
    }),
  };
}
