import type { FacebookSettings, OidcSettings } from '../../features/accounts/accounts.ts';
import type { Ctx } from './frame.tsx';

export type Known =
  | {
      readonly kind: 'facebook';
      readonly id: 'facebook';
      readonly name: string;
      readonly settings: FacebookSettings;
    }
  | { readonly kind: 'oidc'; readonly id: string; readonly name: string; readonly settings: OidcSettings };

/** The places that readers of this site may sign in with, in the order of the configuration. */
export function providersOf(ctx: Ctx): Known[] {
  const { facebook, oidc } = ctx.services.signIn;
  return [
    ...(facebook === undefined
      ? []
      : [{ kind: 'facebook' as const, id: 'facebook' as const, name: 'Facebook', settings: facebook }]),
    ...oidc.map((settings) => ({ kind: 'oidc' as const, id: settings.id, name: settings.name, settings })),
  ];
}

/** The origins that a form may end up at when it is led to a provider: browsers hold form-action to every step of the way. */
export async function formOrigins(ctx: Ctx): Promise<string[]> {
  const origins = providersOf(ctx).map(async (known) => {
    if (known.kind === 'facebook') {
      const { origin } = new URL(known.settings.dialog);
      return origin === 'https://www.facebook.com' ? [origin, 'https://m.facebook.com'] : [origin];
    }
    return ctx.services.oidcClient.origins(known.settings);
  });
  return (await Promise.all(origins)).flat();
}
