import type { Clock } from './base/clock.ts';
import type {
  AccountPart,
  FacebookSettings,
  OidcClient,
  OidcSettings,
} from './features/accounts/accounts.ts';
import type { Outbound } from './base/outbound.ts';
import { accountRoutes } from './features/accounts/accounts.api.ts';
import { ownRoutes } from './features/accounts/own.api.ts';
import { signInRoutes } from './features/accounts/sign-in.api.ts';
import { tokenRoutes } from './features/accounts/tokens.api.ts';
import { auditRoutes } from './features/audit/audit.api.ts';
import { articleRoutes } from './features/articles/articles.api.ts';
import type { Press } from './features/articles/articles.ts';
import { nounRoutes } from './features/articles/nouns.api.ts';
import { redirectRoutes } from './features/articles/redirects.api.ts';
import { revisionRoutes } from './features/articles/revisions.api.ts';
import { siteRoutes } from './features/articles/site.api.ts';
import { collaborationRoutes } from './features/collaboration/collaboration.api.ts';
import type { Hub } from './features/collaboration/collaboration.ts';
import { embedRoutes } from './features/collaboration/embeds.api.ts';
import { threadRoutes } from './features/collaboration/threads.api.ts';
import { conceptRoutes } from './features/concepts/concepts.api.ts';
import { discussionRoutes } from './features/discussion/discussion.api.ts';
import { discussionStaffRoutes } from './features/discussion/staff.api.ts';
import type { Moderator } from './features/discussion/discussion.ts';
import { conceptWorkRoutes } from './features/concepts/concepts.work.api.ts';
import { duplicateRoutes } from './features/related/duplicates.api.ts';
import { suggestRoutes } from './features/related/suggest.api.ts';
import { storylineWorkRoutes } from './features/storylines/storylines.work.api.ts';
import { deskRoutes } from './features/desks/desks.api.ts';
import { previewRoutes } from './features/desks/previews.api.ts';
import { publishRoutes } from './features/desks/publish.api.ts';
import { receiptRoutes } from './features/desks/receipts.api.ts';
import { workRoutes } from './features/desks/work.api.ts';
import { frontPageRoutes } from './features/front-pages/front-pages.api.ts';
import { bulkRoutes } from './features/lists/bulk.api.ts';
import { listRoutes } from './features/lists/lists.api.ts';
import { peopleRoutes } from './features/moderation/people.api.ts';
import { queueRoutes } from './features/moderation/queue.api.ts';
import { reportRoutes } from './features/moderation/reports.api.ts';
import { ruleRoutes } from './features/moderation/rules.api.ts';
import { standardsRoutes } from './features/moderation/standards.api.ts';
import { mediaRoutes } from './features/media/media.api.ts';
import { mailRoutes } from './features/mail/mail.api.ts';
import { assetRoutes } from './features/media/assets.api.ts';
import { uploadRoutes } from './features/media/uploads.api.ts';
import type { MediaRoom } from './features/media/media.ts';
import { radioEpisodeRoutes } from './features/radio/episodes.api.ts';
import { radioProgrammeRoutes } from './features/radio/programmes.api.ts';
import { mountRoutes } from './features/radio/mounts.api.ts';
import type { Station } from './features/radio/radio.ts';
import { mentionRoutes } from './features/mentions/mentions.api.ts';
import { eraseRoutes } from './features/record/erase.api.ts';
import { searchRoutes } from './features/search/search.api.ts';
import { shortLinkRoutes } from './features/short-links/short-links.api.ts';
import { storylineRoutes } from './features/storylines/storylines.api.ts';
import { audienceRoutes } from './features/audience/audience.api.ts';
import type { Audience } from './features/audience/audience.ts';
import type { LiveHub } from './http/live/live.ts';
import type { ApiRoute } from './http/route.ts';
import type { ReaderServices } from './reader/loaders/context.ts';
import type { Blobs } from './storage/files/blobs.ts';

/** What the handlers of the API and of the reader's pages need of the house, beside the database. */
export type ApiServices = ReaderServices & {
  /** Where else readers may have an account to sign in with. */
  readonly signIn: {
    readonly facebook: FacebookSettings | undefined;
    readonly oidc: readonly OidcSettings[];
  };
  readonly oidcClient: OidcClient;
  /** What features keep of people. */
  readonly accountParts: readonly AccountPart[];
  /** Where the built styles, scripts and fonts are. */
  readonly assetFolder: string;
  readonly blobs: Blobs;
  readonly press: Press;
  readonly media: MediaRoom;
  readonly clock: Clock;
  /** What stands between writing a comment and its being on the page. */
  readonly moderator: Moderator;
  /** The guarded way to other servers. */
  readonly outbound: Outbound;
  /** Who writes together in this process. */
  readonly collaboration: Hub;
  /** The live channel; what the outbox says is told by itself, by `src/live.ts`. */
  readonly live: LiveHub;
  /** The radio, where this process has it. */
  readonly station?: Station;
  /** Who reads what. */
  readonly audience: Audience;
};

/** Every route of the API, in the order of the OpenAPI document. */
export const apiRoutes: readonly ApiRoute<ApiServices>[] = [
  ...articleRoutes,
  ...revisionRoutes,
  ...collaborationRoutes,
  ...threadRoutes,
  ...embedRoutes,
  ...publishRoutes,
  ...workRoutes,
  ...deskRoutes,
  ...previewRoutes,
  ...receiptRoutes,
  ...frontPageRoutes,
  ...nounRoutes,
  ...storylineRoutes,
  ...conceptRoutes,
  ...storylineWorkRoutes,
  ...conceptWorkRoutes,
  ...duplicateRoutes,
  ...suggestRoutes,
  ...redirectRoutes,
  ...mediaRoutes,
  ...assetRoutes,
  ...uploadRoutes,
  ...discussionRoutes,
  ...discussionStaffRoutes,
  ...shortLinkRoutes,
  ...audienceRoutes,
  ...searchRoutes,
  ...queueRoutes,
  ...peopleRoutes,
  ...reportRoutes,
  ...ruleRoutes,
  ...standardsRoutes,
  ...eraseRoutes,
  ...signInRoutes,
  ...ownRoutes,
  ...accountRoutes,
  ...tokenRoutes,
  ...auditRoutes,
  ...mailRoutes,
  ...mountRoutes,
  ...radioProgrammeRoutes,
  ...radioEpisodeRoutes,
  ...siteRoutes,
  ...mentionRoutes,
  ...listRoutes,
  ...bulkRoutes,
];
