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
