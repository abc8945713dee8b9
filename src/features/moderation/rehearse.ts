import type { Instant } from '../../base/clock.ts';
import { commentLinks, commentText } from '../../contract/comment-doc.ts';
import type { TestAnswer } from '../../contract/moderation-answers.ts';
import type { Db } from '../../storage/db.ts';
import { readComment } from '../discussion/discussion.ts';
import { discussionStatus } from '../discussion/status.views.ts';
import { saidOf } from './learning.ts';
import { phases } from './phases/index.ts';
import { judge } from './pipeline.ts';
import { rulebook, settingsUnder } from './rules.views.ts';
import { recentlyWritten } from './sketches.store.ts';
import { linksOf } from './text/links.ts';
import { plainWords } from './text/shingles.ts';

export type Rehearsal = {
  readonly text: string;
  readonly language: string;
  readonly article?: string | undefined;
  readonly author: 'guest' | 'newcomer' | 'regular';
  readonly now: Instant;
};

/** Takes a text through the phases as a comment of somebody, and keeps nothing. The classifier says what it thinks even while it may not act. */
export async function tryText(db: Db, given: Rehearsal): Promise<TestAnswer> {
  const status =
    given.article === undefined ? undefined : await discussionStatus(db.read, given.article, given.now);
  const settings = await settingsUnder(db.read, {
    articleId: given.article ?? '',
    section: status?.section,
    storylines: status?.storylines ?? [],
  });
  const { book } = await rulebook(db.read);
  const { body } = readComment(given.text);
  const text = commentText(body, { own: true });
  const words = plainWords(text);
  const links = linksOf(text, commentLinks(body));
  const recent = await recentlyWritten(db.read, {
    authorKey: 'nobody',
    articleId: given.article ?? '',
    words,
    at: given.now,
    hours: settings.repeats.hours,
  });
  const said = await saidOf(db.read, { text, links: links.length });
  const judgement = judge(
    {
      text,
      language: given.language,
      words: words.length,
      links,
      recent,
      now: given.now,
      author: {
        kind: given.author === 'guest' ? 'guest' : 'reader',
        since: given.author === 'regular' ? '2000-01-01T00:00:00.000Z' : given.now,
        approved: given.author === 'regular' ? 1000 : 0,
        sanction: undefined,
      },
      learned:
        said === undefined || !said.mayAct
          ? undefined
          : {
              percent: Math.round(said.probability * 100),
              because: said.reasons.filter(({ weight }) => weight > 0).map(({ name }) => name),
            },
    },
    { settings, rules: book },
  );
  return {
    outcome: judgement.outcome,
    decisive: judgement.decisive ?? null,
    findings: [...judgement.findings],
    phases: phases.map(({ name }) => name),
    learned:
      said === undefined
        ? null
        : {
            percent: Math.round(said.probability * 100),
            mayAct: said.mayAct,
            reasons: [...said.reasons],
          },
  };
}
