/** The outbox topic of a change to a noun that pages show: its name, its order, its state, its pictures. */
export const NOUN_CHANGED = 'noun.changed';

export type NounChanged = {
  readonly noun:
    | 'section'
    | 'author'
    | 'source'
    | 'storyline'
    | 'concept'
    | 'asset'
    | 'site'
    | 'redirect'
    | 'front';
  readonly id: string;
};

/** The outbox topic of a lawful erasure from the record. */
export const RECORD_ERASED = 'record.erased';

export type RecordErased = { readonly articleId: string };

/** The outbox topic of a schedule that was made, taken back, fired or failed. */
export const SCHEDULE_CHANGED = 'schedule.changed';

export type ScheduleChanged = {
  readonly scheduleId: string;
  readonly articleId: string;
  readonly state: 'waiting' | 'fired' | 'cancelled' | 'failed';
};

/** The outbox topic of a step on an article's way through the desks; `assignee` and `by` are people's ids. */
export const WORK_MOVED = 'work.moved';

export type WorkMoved = {
  readonly moveId: string;
  readonly articleId: string;
  readonly action: string;
  readonly by: string | null;
  readonly assignee: string | null;
};
/** A comment has come to be visible for the first time. */
export const COMMENT_PUBLISHED = 'comment.published';
/** A comment waits for a moderator. */
export const COMMENT_HELD = 'comment.held';
/** A comment was edited, featured, or has another state. */
export const COMMENT_CHANGED = 'comment.changed';
/** Somebody reacted to a comment, or took it back. */
export const COMMENT_REACTED = 'comment.reacted';
/** A discussion was opened, closed or set otherwise. */
export const DISCUSSION_CHANGED = 'discussion.changed';

export type CommentPublished = {
  readonly articleId: string;
  readonly commentId: string;
  readonly rootId: string;
  readonly parentId?: string;
};
export type CommentHeld = { readonly articleId: string; readonly commentId: string };
export type CommentChanged = {
  readonly articleId: string;
  readonly commentId: string;
  readonly state: 'visible' | 'held' | 'rejected' | 'removed' | 'deleted';
  /** Its state before; the same where only something else changed. */
  readonly was: 'visible' | 'held' | 'rejected' | 'removed' | 'deleted';
  /** Its author has been written to about this by whoever changed it. */
  readonly told?: true;
};
export type CommentReacted = { readonly articleId: string; readonly commentId: string };
export type DiscussionChanged = { readonly articleId: string };
/** The outbox topic of what is on the air: another source or another title. What it is stands in `radio_states`. */
export const RADIO_ON_AIR = 'radio.on-air';

/** The outbox topic of a change to mounts, programmes, the schedule or episodes. */
export const RADIO_CHANGED = 'radio.changed';

export type RadioOnAir = { readonly mountId: string };
export type RadioChanged = {
  readonly what: 'mount' | 'programme' | 'slot' | 'episode';
  readonly id: string;
};

/** The outbox topic of a person's new name or picture, or of their going. */
export const ACCOUNT_CHANGED = 'account.changed';

export type AccountChanged = { readonly userId: string };
/** A comment has come into a queue of moderators. */
export const MODERATION_QUEUED = 'moderation.queued';
/** Somebody decided: queues, reports or a person are others now. With a lesson it is one for the classifier. */
export const MODERATION_DECIDED = 'moderation.decided';
/** A claim on comments was taken or given back. */
export const MODERATION_CLAIMED = 'moderation.claimed';
/** A service outside is to be asked about a comment. */
export const MODERATION_ASKED = 'moderation.asked';
