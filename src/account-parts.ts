import type { AccountPart } from './features/accounts/accounts.ts';
import { discussionPart } from './features/discussion/discussion.ts';
import { moderationPart } from './features/moderation/moderation.ts';

/**
 * What features keep of people: in an account's export, and erased when it goes. Moderation comes first: it finds what it keeps by a person's
 * comments, which the discussion then makes nobody's.
 */
export const accountParts: readonly AccountPart[] = [moderationPart, discussionPart];
