import type { Clock } from '../../src/base/clock.ts';
import type { ModerationSettings } from '../../src/contract/moderation.ts';
import {
  type Submission,
  submitComment,
  type Posted,
  type Writer,
} from '../../src/features/discussion/discussion.ts';
import {
  learningSubscriber,
  makeModerator,
  queueSubscriber,
} from '../../src/features/moderation/moderation.ts';
import type { Db } from '../../src/storage/db.ts';
import { latestSeq, readEvents } from '../../src/storage/outbox.ts';
import { serveApi, type TestApi } from './api.ts';
import { newsroomOn, type TestNewsroom } from './newsroom.ts';

type Person = { readonly id: string; readonly token: string };

/** A house whose discussion is moderated, with an API that moderators use and people who write. */
export type TestModeration = {
  readonly db: Db;
  readonly clock: Clock & { advance(ms: number): void };
  readonly api: TestApi;
  readonly paper: TestNewsroom;
  readonly moderator: Person;
  readonly second: Person;
  /** A reader with an account, by name. */
  reader(name: string): Promise<Extract<Writer, { kind: 'account' }>>;
  say(writer: Writer, articleId: string, text: string, more?: Partial<Submission>): Promise<Posted>;
  /** Changes the site's settings of the phases, as an admin does. */
  set(change: { readonly [P in keyof ModerationSettings]?: Partial<ModerationSettings[P]> }): Promise<void>;
  /** A request by the API; its body. @throws Error for any other status than the one wanted */
  ask<T>(what: string, token: string | undefined, payload?: object, status?: number): Promise<T>;
  /** Lets the durable followers of moderation have what the outbox holds for them. */
  follow(): Promise<void>;
} & AsyncDisposable;

export async function moderationOn(db: Db): Promise<TestModeration> {
  const paper = await newsroomOn(db, { origin: 'https://news.example' });
  const api = await serveApi(db, { moderator: makeModerator });
  const { clock } = api;
  const moderator = makeModerator({ db, clock });
  const followers = [learningSubscriber(db, clock), queueSubscriber(db, clock, async () => undefined)];
  let seen = await latestSeq(db.read);
  const people = { moderator: await api.person('moderator'), second: await api.person('moderator') };
  const admin = await api.person('admin');
  const ask: TestModeration['ask'] = async (what, token, payload, status) => {
    const answer = await api.ask(what, token, payload === undefined ? {} : { payload });
    const wanted = status ?? (answer.statusCode < 300 ? answer.statusCode : 200);
    if (answer.statusCode !== wanted) throw new Error(`${what}: ${answer.statusCode} ${answer.body}`);
    return (answer.body === '' ? undefined : answer.json()) as never;
  };
  return {
    db,
    clock,
    api,
    paper,
    ...people,
    ask,
    reader: async (name) => {
      const { id } = await api.person('reader');
      return { kind: 'account', userId: id, name, role: 'reader' };
    },
    say: async (writer, articleId, text, more = {}) => {
      clock.advance(20_000);
      return submitComment({ db, clock, moderator }, { articleId, writer, text, ...more });
    },
    set: async (change) => {
      const read = await api.ask('GET /api/v1/moderation/settings', admin.token);
      const settings = (read.json() as { settings: ModerationSettings }).settings;
      const merged = Object.fromEntries(
        Object.entries(settings).map(([phase, values]) => [
          phase,
          { ...values, ...change[phase as keyof ModerationSettings] },
        ]),
      );
      const put = await api.ask('PUT /api/v1/moderation/settings', admin.token, {
        payload: merged,
        headers: { 'if-match': String(read.headers.etag) },
      });
      if (put.statusCode !== 200) throw new Error(put.body);
    },
    follow: async () => {
      const events = await readEvents(db.read, { after: seen, limit: 10_000 });
      for (const follower of followers) await follower.handle(events);
      seen = events.at(-1)?.seq ?? seen;
    },
    [Symbol.asyncDispose]: () => api[Symbol.asyncDispose](),
  };
}
