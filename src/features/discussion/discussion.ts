/** The door of the discussion: what moderation, imports, pages and the command line use. */
export { discussionPart } from './account.part.ts';
export { dropDraft, keepDraft, keptDraft } from './drafts.store.ts';
export { exportComments } from './export.views.ts';
export { type ImportedComment, placeImported } from './imported.ts';
export { readComment } from './markup.ts';
export { featureComment, writeDiscussionSettings } from './manage.ts';
export { checkEditable, deleteOwnComment, editComment, ownComment } from './own.ts';
export { chooseNotices, noticeChoices, readStopWord } from './notice-choices.store.ts';
export { forgetPerson } from './person.store.ts';
export { recountDiscussions } from './recount.store.ts';
export { followDiscussion, followsDiscussion, ignoredBy, ignorePerson } from './people.store.ts';
export { type DiscussionRoom, openDiscussion, type Posted } from './post.ts';
export { reactionsOf, reactTo } from './reactions.store.ts';
export { type Draft, type Moderator, noRules, type Writer } from './review.ts';
export { changeState, type StateChange } from './state.ts';
export { type Submission, submitComment } from './submit.ts';
