import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../storage/db.ts';
import { insertLog } from './audience.store.ts';
import { type Counted, countedAs } from './audience.views.ts';
import { asksNotToBeFollowed, isAhead, makeVisitorOf } from './classify.ts';
import { makePresent, type Present } from './present.ts';
import { type Count, type Ledger, makeRecorder } from './recorder.ts';
import { makeRepeats } from './repeats.ts';
import { type Source, sourceOf } from './sources.ts';

/** What is counted: `article:ID`, `storyline:ID`, `section:ID`, `link:CODE`; `page` is any other page of the site. */
const SUBJECT = /^(article|storyline|section|link):([\w-]{1,64})$/;

export type Visit = {
  readonly subject: string;
  /** The host of the page from which the reader came; empty for none, absent where it cannot be known. */
  readonly from: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly addressKey: string;
};

export type Audience = {
  /** Counts a view as a page or its picture reports it; resolves when it is durable. False: there is no such thing to count. */
  view(visit: Visit): Promise<boolean>;
  /** Counts what the front door has answered: programs that read pages, and clicks on short links. Nobody waits for it. */
  served(request: { subject: string; headers: IncomingHttpHeaders; addressKey: () => string }): void;
  readonly present: Present;
  stop(): Promise<void>;
};

export type AudienceOptions = {
  readonly db: Db;
  readonly clock: Clock;
  readonly ledger: Ledger;
  /** Milliseconds between two commits at least. */
  readonly gapMs: number;
  readonly origin: string;
  readonly onFault: (cause: unknown) => void;
};

const REMEMBERED_MS = 30_000;
const REMEMBERED = 20_000;

/** PostgreSQL is durable by itself and for all nodes: a group is one transaction that inserts, and locks nothing that others want. */
export function databaseLedger(db: Db): Ledger {
  return { append: (tallies) => db.write((tx) => insertLog(tx, tallies)) };
}

export function openAudience(options: AudienceOptions): Audience {
  const { db, clock } = options;
  const now = (): number => Date.parse(clock.now());
  const recorder = makeRecorder(options.ledger, { now, gapMs: options.gapMs, onFault: options.onFault });
  const visitorOf = makeVisitorOf();
  const seenAs = makeRepeats(now);
  const present = makePresent(db, clock);
  const ownHost = new URL(options.origin).hostname;
  const known = new Map<string, { at: number; counted: Promise<Counted | undefined> }>();

  /** What a subject belongs to; undefined for what readers do not see. */
  function countedOf(subject: string): Promise<Counted | undefined> {
    const kept = known.get(subject);
    if (kept !== undefined && now() - kept.at < REMEMBERED_MS) return kept.counted;
    if (known.size >= REMEMBERED) known.clear();
    const [, kind = '', id = ''] = SUBJECT.exec(subject) ?? [];
    const counted = countedAs(db.read, { kind, id });
    known.set(subject, { at: now(), counted });
    counted.catch(() => known.delete(subject));
    return counted;
  }

  /** Everything that a view of a subject counts for; undefined where there is no such thing. */
  async function countsOf(
    subject: string,
    as: Pick<Count, 'class' | 'source'>,
  ): Promise<Count[] | undefined> {
    const site: Count = { ...as, kind: 'site', subject: '' };
    if (subject === 'page') return [site];
    const [, kind, id = ''] = SUBJECT.exec(subject) ?? [];
    if (kind === 'link') return [{ ...as, kind, subject: id }];
    if (kind !== 'article' && kind !== 'storyline' && kind !== 'section') return undefined;
    const counted = await countedOf(subject);
    if (counted === undefined) return undefined;
    return [
      { ...as, kind, subject: id },
      ...counted.storylines.map((line): Count => ({ ...as, kind: 'storyline', subject: line })),
      ...(counted.section === null ? [] : [{ ...as, kind: 'section', subject: counted.section } as Count]),
      site,
    ];
  }

  return {
    present,
    view: async ({ subject, from, headers, addressKey }) => {
      // A click is counted where the link is followed.
      if (subject.startsWith('link:')) return false;
      const userAgent = headers['user-agent'];
      // Programs that run a page's script are counted where they fetched the page.
      if (visitorOf(userAgent) !== 'people') return true;
      const none = { source: 'none' } as const;
      let as: Pick<Count, 'class' | 'source'>;
      if (isAhead(headers)) as = { class: 'previews', ...none };
      else {
        const unfollowed = asksNotToBeFollowed(headers);
        // The bound of an address holds for everybody: else one header would make a story the most read.
        const seen = seenAs({ addressKey, userAgent: unfollowed ? undefined : userAgent, page: subject });
        const source: Source = unfollowed || from === undefined ? 'untold' : sourceOf(from, ownHost);
        as = seen === 'people' ? { class: seen, source } : { class: seen, ...none };
      }
      const counts = await countsOf(subject, as);
      if (counts === undefined) return false;
      await recorder.record(counts);
      return true;
    },
    served: ({ subject, headers, addressKey }) => {
      const userAgent = headers['user-agent'];
      const visitor = visitorOf(userAgent);
      const link = subject.startsWith('link:');
      // People are counted when the page is shown to them, not when it is fetched.
      if (visitor === 'people' && !link) return;
      let as: Count['class'] = visitor;
      if (visitor === 'people') {
        if (isAhead(headers)) as = 'previews';
        else
          as = seenAs({
            addressKey: addressKey(),
            userAgent: asksNotToBeFollowed(headers) ? undefined : userAgent,
            page: subject,
          });
      }
      countsOf(subject, { class: as, source: 'none' }).then(
        (counts) => recorder.note(counts ?? []),
        (cause: unknown) => options.onFault(cause),
      );
    },
    stop: async () => {
      await recorder.stop();
      await present.stop();
    },
  };
}
