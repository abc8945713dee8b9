import type { AccountPart } from './features/accounts/accounts.ts';

/** What features keep of people: in an account's export, and erased when it goes. */
export const accountParts: readonly AccountPart[] = [];
