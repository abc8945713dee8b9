import {
  type DiscussionRoom,
  noRules,
  type Posted,
  type Submission,
  submitComment,
} from '../../src/features/discussion/discussion.ts';
import type { Moderator, Writer } from '../../src/features/discussion/discussion.ts';
import { createUser } from '../../src/features/accounts/accounts.ts';
import type { Db } from '../../src/storage/db.ts';
import { newsroomOn, type TestNewsroom } from './newsroom.ts';

export type TestDiscussion = DiscussionRoom & {
  readonly paper: TestNewsroom;
  /** A person with an account, by name. */
  person(name: string, role?: string): Promise<Extract<Writer, { kind: 'account' }>>;
  say(writer: Writer, articleId: string, text: string, more?: Partial<Submission>): Promise<Posted>;
};

/** A newsroom whose articles are discussed. */
export async function discussionOn(db: Db, moderator: Moderator = noRules): Promise<TestDiscussion> {
  const paper = await newsroomOn(db);
  const room: DiscussionRoom = { db, clock: paper.clock, moderator };
  let people = 0;
  return {
    ...room,
    paper,
    person: async (name, role = 'reader') => {
      people += 1;
      const email = `person-${people}@readers.example`;
      const userId = await db.write((tx) => createUser(tx, paper.clock, { email, name, role }));
      return { kind: 'account', userId, name, role: role as 'reader' };
    },
    say: async (writer, articleId, text, more = {}) => {
      paper.clock.advance(1000);
      return submitComment(room, { articleId, writer, text, ...more });
    },
  };
}
