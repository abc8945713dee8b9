/** The door of moderation: what the house puts together, and what pages read. */
export { moderationPart } from './account.part.ts';
export { makeServiceAsker } from './service.ts';
export { makeModerator } from './review.ts';
export { learningSubscriber } from './learning.ts';
export { queueSubscriber, tidyModeration } from './follow.ts';
export { fileAppeal } from './appeals.ts';
export { decisionById, type DecisionRow } from './decisions.store.ts';
export { opensLink } from './people.ts';
export { fileReport } from './reports.ts';
export { fileNotice } from './notices.ts';
export { ruleOn } from './decide.ts';
export type { ModerationRoom } from './room.ts';
export { insertRule, putSettings } from './rules.store.ts';
export { appealUntil, statementFor } from './tell.ts';
