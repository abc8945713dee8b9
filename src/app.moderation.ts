import type { Clock } from './base/clock.ts';
import type { Moderator } from './features/discussion/discussion.ts';
import {
  learningSubscriber,
  makeModerator,
  makeServiceAsker,
  queueSubscriber,
  tidyModeration,
} from './features/moderation/moderation.ts';
import { makeOutbound } from './http/outbound.ts';
import { enqueue, type JobHandler } from './jobs/jobs.ts';
import type { Tick } from './jobs/ticker.ts';
import type { Db } from './storage/db.ts';
import type { Subscriber } from './storage/outbox.ts';

const QUEUE = 'moderation-service';

/** Moderation's share of a house: who reviews, who follows, who asks the service outside, what is let go. */
export type ModerationShare = {
  readonly moderator: Moderator;
  readonly subscribers: readonly Subscriber[];
  readonly jobs: Readonly<Record<string, JobHandler>>;
  readonly ticks: readonly Tick[];
};

/** `allow`: addresses of this network, as `10.0.0.5:8080`, that may be asked although they are not public. */
export function moderationShare(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  { origin, allow }: { readonly origin: string; readonly allow: readonly string[] },
): ModerationShare {
  const own = new Set(allow);
  const outbound = makeOutbound(
    own.size === 0
      ? {}
      : { allow: (address, port) => own.has(`${address.includes(':') ? `[${address}]` : address}:${port}`) },
  );
  const ask = makeServiceAsker({ db, clock, origin, outbound });
  return {
    moderator: makeModerator({ db, clock }),
    subscribers: [
      learningSubscriber(db, clock),
      queueSubscriber(db, clock, async (tx, comment) => {
        await enqueue(tx, { queue: QUEUE, payload: { comment }, dedupeKey: comment });
      }),
    ],
    jobs: { [QUEUE]: (job) => ask((job.payload as { comment: string }).comment) },
    ticks: [{ name: 'moderation', everyMs: 600_000, run: () => tidyModeration(db, clock) }],
  };
}
