/** The door of the articles room: what other features, jobs and the command line use. */
export { assetUses } from './asset-uses.store.ts';
export { articleCounts, tally } from './counts.store.ts';
export {
  type ArticleRow,
  batches,
  lockArticles,
  putRedirects,
  setShortCodes,
  restoreWork,
  setWork,
} from './articles.store.ts';
export {
  ARTICLE_PUBLISHED,
  type ArticlePublished,
  isListed,
  type NounChanged,
  type Projection,
  type PublishedChange,
  type PublishedState,
} from './articles.events.ts';
export {
  changeAuthor,
  changeSection,
  createAuthor,
  createSection,
  createSource,
  type NounContext,
  parseNoun,
  type Target,
} from './nouns.ts';
export { checkMoved, checkRowVersion, freeSlug, type Moved, nounChanged } from './nouns.store.ts';
export {
  type GateItem,
  type Press,
  publish,
  type Published,
  type PublishGate,
  type PublishOrder,
} from './publish.ts';
export { draftVersion, type DraftVersion } from './draft.ts';
export { type Difference, differences } from './differences.ts';
export { refreshProjections, rewriteCards } from './refresh.ts';
export { siteOf } from './site.views.ts';
export { listAll, listTurn } from './listed.ts';
export { rebuildProjections, settingsSubscriber } from './rebuild.ts';
export {
  cancelSchedule,
  dropSchedule,
  type Fired,
  fireDueSchedules,
  type ScheduleOrder,
  schedulePublish,
} from './schedule.ts';
export { checkMayWrite, stageOf, standingOf } from './stage.ts';
export { withdraw, type Withdrawal } from './withdraw.ts';
export { createArticles, type NewArticle, parseContent, reviseArticle } from './write.ts';
