import type { Permission } from './permissions.ts';

/**
 * What the live channel carries. A page subscribes to topics; an event belongs to one topic and says by its type what happened. Its data
 * comes from what is public already: ids and numbers, or text that a public page shows. New kinds of events get a line here and a
 * mapping from their outbox event (`src/live.ts`).
 */
export type LiveEvents = {
  /** A version that readers may see, or the withdrawal of one. On `article:ID`, on each `storyline:ID` and `edition:LANGUAGE` it touches. */
  'article.published': {
    readonly article: string;
    readonly version: number;
    readonly reason: string;
    readonly visibility: 'live' | 'killed' | 'taken_down';
    readonly path: string;
  };
  /** On `edition:LANGUAGE`: a story to be told across the top of pages. */
  breaking: {
    readonly article: string;
    readonly headline: string;
    readonly path: string;
    readonly language: string;
    readonly at: string;
  };
  /** On `edition:LANGUAGE`: it is no longer one, or is withdrawn. */
  'breaking.over': { readonly article: string };
  /** On `storyline:ID` and `site`: how many stories it has now; any page may bear its label. `path` is its page's. */
  'storyline.count': { readonly storyline: string; readonly count: number; readonly path: string };
  /**
   * On `article:ID`, `storyline:ID` and `site`: numbers as they are now. Not resumable: the next one replaces it. `stale`: a number of
   * another feature has moved, ask for it.
   */
  numbers: { readonly views?: number; readonly readers?: number; readonly comments?: number };
  /** On `discussion:ARTICLE`: a comment that readers may see; `by` is its author's account. */
  'comment.published': {
    readonly article: string;
    readonly comment: string;
    readonly thread: string;
    readonly parent?: string;
    readonly by?: string;
  };
  /** On `discussion:ARTICLE`: a comment was edited, picked, or is not to be seen any more. */
  'comment.changed': { readonly article: string; readonly comment: string };
  /** On `newsroom:moderation`: comments have come into queues or left them. */
  'moderation.queues': {
    readonly counts: Readonly<Record<'reported' | 'pending' | 'appealed' | 'new' | 'notices', number>>;
    readonly comment?: string;
  };
  /** On `newsroom:moderation`: who is at these comments now, and until when; nobody any more. */
  'moderation.claims': {
    readonly comments: readonly string[];
    readonly by: { readonly id: string; readonly name: string } | null;
    readonly until: string | null;
  };
  /** On `radio`: what is on the air now; without a title nothing is. */
  'on-air': { readonly title?: string };
  /** On `newsroom:audience`: the figures of the dashboard have moved. */
  'audience.moved': { readonly readers: number };
};

export type LiveType = keyof LiveEvents;

/** An event of the channel. `data` of types that another feature adds is that feature's. */
export type LiveEvent = {
  readonly topic: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/** What a subscriber is called with. `reset`: what was missed is too old to be sent again, so read anew what the page shows. */
export type LiveMessage =
  | { [T in LiveType]: { readonly topic: string; readonly type: T; readonly data: LiveEvents[T] } }[LiveType]
  | { readonly topic: string; readonly type: 'reset'; readonly data: Readonly<Record<string, never>> };

/** Builds an event of a known type. */
export function liveEvent<T extends LiveType>(
  type: T,
  { topic: name, data }: { readonly topic: string; readonly data: LiveEvents[T] },
): LiveEvent {
  return { topic: name, type, data };
}

export const topic = {
  /** Every reader page. */
  site: 'site',
  edition: (language: string) => `edition:${language}`,
  article: (id: string) => `article:${id}`,
  discussion: (articleId: string) => `discussion:${articleId}`,
  storyline: (id: string) => `storyline:${id}`,
  /** What is on the air, and the programme. */
  radio: 'radio',
  /** A room of the newsroom: needs the room's permission. */
  newsroom: (room: NewsroomRoom) => `newsroom:${room}`,
  /** What concerns one signed-in person: mentions, decisions. Nobody else may listen. */
  person: (userId: string) => `person:${userId}`,
} as const;

/** Who may listen in a room of the newsroom. */
export const newsroomRooms = {
  articles: 'articles:read',
  desks: 'articles:read',
  audience: 'audience:read',
  media: 'media:read',
  moderation: 'moderation:read',
  radio: 'media:read',
} as const satisfies Record<string, Permission>;
export type NewsroomRoom = keyof typeof newsroomRooms;

const PUBLIC = /^(?:site|radio|(?:article|discussion|storyline):[\w-]{1,64}|edition:[A-Za-z0-9-]{2,35})$/;

/** Who may subscribe to a topic; undefined for what is no topic. */
export function accessOf(
  name: string,
): { public: true } | { permission: Permission } | { person: string } | undefined {
  if (PUBLIC.test(name)) return { public: true };
  const [kind, rest = ''] = name.split(':', 2);
  if (kind === 'newsroom' && Object.hasOwn(newsroomRooms, rest))
    return { permission: newsroomRooms[rest as NewsroomRoom] };
  if (kind === 'person' && /^[\w-]{1,64}$/.test(rest)) return { person: rest };
  return undefined;
}

/** At most so many topics a stream. */
export const MAX_TOPICS = 100;

/**
 * A place in the channel: an outbox sequence number and an index within its events. `id:` of the stream is its text, `1204.2`; a number
 * alone is the place after all events of that number.
 */
export type Place = { readonly seq: number; readonly index: number };

export function placeOf(text: string | null | undefined): Place | undefined {
  const match = /^(\d{1,15})(?:\.(\d{1,6}))?$/.exec(text ?? '');
  if (match === null) return undefined;
  return { seq: Number(match[1]), index: match[2] === undefined ? Infinity : Number(match[2]) };
}

export function placeText({ seq, index }: Place): string {
  return index === Infinity ? String(seq) : `${seq}.${index}`;
}

/** Negative: `a` is before `b`. */
export function comparePlaces(a: Place, b: Place): number {
  return a.seq - b.seq || (a.index === b.index ? 0 : a.index - b.index);
}

/** The answer of the polling route: what happened after a place. */
export type LivePoll = {
  /** Ask next after this. */
  readonly at: string;
  readonly events: readonly (LiveEvent & { readonly id: string })[];
  /** What was missed is too old: read anew what the page shows. */
  readonly reset?: true;
};
