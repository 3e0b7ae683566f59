import * as client from 'openid-client';
import type { IdentityProvider } from '../../ports/identity-provider.ts';

export type OidcSettings = {
  issuer: string;
  clientId: string;
  clientSecret?: string;
  name: string;
  /** Claim that holds our login name. */
  loginClaim: string;
  /** `acr` values that mean two factors, besides the standard `amr` values. */
  strongAcr: string[];
};

/** `amr` values that name a second factor or one that holds two (RFC 8176). */
const strongMethods = ['mfa', 'otp', 'hwk', 'sc', 'face', 'fpt', 'sms'];

/**
 * OpenID Connect with authorisation code, PKCE, state and nonce. The service's description is fetched when it is
 * first needed, and again after a failure, so that our start never waits for it.
 */
export function openIdentityProvider(settings: OidcSettings): IdentityProvider {
  let known: Promise<client.Configuration> | null = null;
  const configuration = (): Promise<client.Configuration> => {
    known ??= discover(settings).catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
  return {
    name: settings.name,
    async start(redirectUri) {
      const config = await configuration();
      const verifier = client.randomPKCECodeVerifier();
      const state = client.randomState();
      const nonce = client.randomNonce();
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid profile',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      return { url: url.href, memory: [verifier, state, nonce].join('~') };
    },
    async finish(callbackUrl, memory) {
      const [pkceCodeVerifier = '', expectedState = '', expectedNonce = ''] = memory.split('~');
      const tokens = await client.authorizationCodeGrant(await configuration(), callbackUrl, {
        pkceCodeVerifier,
        expectedState,
        expectedNonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      const login = claims?.[settings.loginClaim];
      if (!claims || typeof login !== 'string' || login === '')
        throw new Error('the identity service names nobody');
      return { login, strong: isStrong(claims, settings.strongAcr) };
    },
  };
}

function isStrong(claims: Record<string, unknown>, strongAcr: string[]): boolean {
  const methods = Array.isArray(claims.amr) ? claims.amr : [];
  const strong = methods.filter((m) => strongMethods.includes(String(m)));
  const two = methods.includes('mfa') || methods.includes('sc') || (strong.length > 0 && methods.length > 1);
  return two || (typeof claims.acr === 'string' && strongAcr.includes(claims.acr));
}

function discover(settings: OidcSettings): Promise<client.Configuration> {
  const issuer = new URL(settings.issuer);
  // Plain http is for a service on this machine only.
  const local = issuer.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(issuer.hostname);
  return client.discovery(
    issuer,
    settings.clientId,
    undefined,
    settings.clientSecret ? client.ClientSecretBasic(settings.clientSecret) : client.None(),
    local ? { execute: [client.allowInsecureRequests] } : {},
  );
}
