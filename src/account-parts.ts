import type { Clock } from './base/clock.ts';
import type { AccountPart } from './features/accounts/accounts.ts';
import {
  commentsOfPerson,
  forgetPerson,
  ignoredBy,
  noticeChoices,
} from './features/discussion/discussion.ts';
import type { Db } from './storage/db.ts';

/** What features keep of people: in an account's export, and erased when it goes. */
export function accountPartsOf({ db, clock }: { db: Db; clock: Clock }): readonly AccountPart[] {
  return [
    {
      name: 'discussion',
      export: async (reader, userId) => {
        const comments: unknown[] = [];
        for await (const batch of commentsOfPerson(reader, userId)) comments.push(...batch);
        return {
          comments,
          ignored: await ignoredBy(reader, userId),
          notices: await noticeChoices(reader, userId),
        };
      },
      erase: (tx, userId) => forgetPerson(tx, db, { userId, at: clock.now() }),
    },
  ];
}
