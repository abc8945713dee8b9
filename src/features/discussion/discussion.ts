/** The door of the discussion: what moderation, imports, pages and the command line use. */
export { type DiscussionRoom, openDiscussion, postComment, type Posted } from './post.ts';
export { type Draft, type Moderator, noRules, type Writer } from './review.ts';
export { changeState, changeStates, type StateChange } from './state.ts';
export { type Submission, submitComment } from './submit.ts';
export { readComment } from './markup.ts';
