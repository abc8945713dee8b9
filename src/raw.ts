import type { ApiServices } from './api.ts';
import { auditExportRoute } from './features/audit/audit.api.ts';
import { documentSocket } from './features/collaboration/socket.api.ts';
import { assetFileRoutes } from './features/media/assets.api.ts';
import { uploadRawRoutes } from './features/media/uploads.api.ts';
import { seenRoutes } from './features/audience/seen.api.ts';
import { liveRoutes } from './http/live/live.ts';
import { accountPages } from './reader/account/account.routes.ts';
import { commentExportRoute } from './features/discussion/comments-feed.api.ts';
import { noticeRoutes } from './reader/forms/notices.ts';
import { ownRoutes } from './reader/forms/own.ts';
import { writeRoutes } from './reader/forms/write.ts';
import { decisionPages } from './reader/forms/decision-pages.ts';
import { reportPages } from './reader/forms/report-pages.ts';
import { previewPages } from './reader/preview.ts';
import { levelRoutes } from './features/radio/levels.api.ts';
import { listenRoutes } from './features/radio/listen.api.ts';
import type { RawRoute, UpgradeRoute } from './http/route.ts';
import { newsroomRoutes } from './newsroom.raw.ts';

/** Every raw route: streams, forms, pages that read the session. */
export const rawRoutes: readonly RawRoute<ApiServices>[] = [
  ...listenRoutes,
  ...levelRoutes,
  ...writeRoutes,
  ...ownRoutes,
  ...noticeRoutes,
  commentExportRoute,
  ...previewPages,
  ...decisionPages,
  ...reportPages,
  auditExportRoute,
  ...uploadRawRoutes,
  ...assetFileRoutes,
  ...accountPages,
  ...liveRoutes,
  // The newsroom's own document answers every deep address: it comes last.
  ...newsroomRoutes,
  ...newsroomRoutes,
  ...liveRoutes,
  ...seenRoutes,
];

/** Every address that becomes a WebSocket. */
export const upgradeRoutes: readonly UpgradeRoute<ApiServices>[] = [documentSocket];
