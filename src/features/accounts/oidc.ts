import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  Configuration,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { Problem } from '../../base/problem.ts';
import type { Identity } from './readers.ts';

export type OidcSettings = {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

export type OidcStart = {
  readonly url: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
};

const DISCOVERED_MS = 3600_000;
const TIMEOUT_S = 10;

/**
 * What one sign-in is finished with. The signature of a token is looked at though it came from the provider itself: whatever stands between
 * may have been taken over. Its keys are asked for each time, so that one that was drawn a moment ago is known.
 */
function forOneSignIn(settings: OidcSettings, discovered: Configuration): Configuration {
  const configuration = new Configuration(
    discovered.serverMetadata(),
    settings.clientId,
    settings.clientSecret,
  );
  configuration.timeout = TIMEOUT_S;
  enableNonRepudiationChecks(configuration);
  if (settings.issuer.startsWith('http:')) allowInsecureRequests(configuration);
  return configuration;
}

export type OidcClient = {
  /** The origins that going there passes; the issuer's alone while it cannot be reached. */
  origins(settings: OidcSettings): Promise<string[]>;
  /** The address at the provider, and what must be kept until the reader is back. */
  start(settings: OidcSettings, redirect: string): Promise<OidcStart>;
  /** Who came back: code, state, nonce, issuer, signature and audience are checked. @throws Problem `unauthenticated` */
  finish(
    settings: OidcSettings,
    back: { readonly url: URL; readonly expected: Omit<OidcStart, 'url'> },
  ): Promise<Identity>;
};

/** Keeps what providers say of themselves for an hour, so that their new addresses are found. */
export function makeOidcClient(now: () => number = Date.now): OidcClient {
  const found = new Map<string, { at: number; configuration: Promise<Configuration> }>();

  function configurationOf(settings: OidcSettings): Promise<Configuration> {
    const known = found.get(settings.id);
    if (known !== undefined && now() - known.at < DISCOVERED_MS) return known.configuration;
    const insecure = settings.issuer.startsWith('http:');
    const configuration = discovery(
      new URL(settings.issuer),
      settings.clientId,
      settings.clientSecret,
      undefined,
      {
        timeout: TIMEOUT_S,
        // Only where the admin wrote an http issuer: a provider on the same machine.
        ...(insecure ? { execute: [allowInsecureRequests] } : {}),
      },
    ).catch((cause: unknown) => {
      found.delete(settings.id);
      throw new Problem(
        'unavailable',
        `${settings.name} cannot be reached.`,
        'Try again, or sign in in another way.',
        { cause },
      );
    });
    found.set(settings.id, { at: now(), configuration });
    return configuration;
  }

  return {
    origins: async (settings) => {
      const own = new URL(settings.issuer).origin;
      const at = await configurationOf(settings).then(
        (configuration) => configuration.serverMetadata().authorization_endpoint,
        () => undefined,
      );
      return at === undefined ? [own] : [own, new URL(at).origin];
    },
    start: async (settings, redirect) => {
      const configuration = await configurationOf(settings);
      const verifier = randomPKCECodeVerifier();
      const state = randomState();
      const nonce = randomNonce();
      const url = buildAuthorizationUrl(configuration, {
        redirect_uri: redirect,
        scope: 'openid profile email',
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      return { url: url.href, state, nonce, verifier };
    },
    finish: async (settings, { url, expected }) => {
      const configuration = forOneSignIn(settings, await configurationOf(settings));
      try {
        const tokens = await authorizationCodeGrant(configuration, url, {
          expectedState: expected.state,
          expectedNonce: expected.nonce,
          pkceCodeVerifier: expected.verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims === undefined) throw new Error('no claims');
        const told =
          claims['name'] === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined
            ? await fetchUserInfo(configuration, tokens.access_token, claims.sub).catch(() => claims)
            : claims;
        const text = (key: string): string => (typeof told[key] === 'string' ? told[key] : '');
        const email = text('email').toLowerCase();
        // Mail goes only where the provider says that it belongs to the person.
        const verified = told['email_verified'] === true;
        return {
          provider: settings.id,
          subject: claims.sub,
          name: text('name') || text('preferred_username') || text('given_name'),
          email: verified && email.length > 0 && email.length <= 320 ? email : null,
        };
      } catch (cause) {
        throw new Problem(
          'unauthenticated',
          `${settings.name} did not say who you are.`,
          'Try again, or sign in in another way.',
          { cause },
        );
      }
    },
  };
}
