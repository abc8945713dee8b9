import type { ApiServices } from './api.ts';
import { auditExportRoute } from './features/audit/audit.api.ts';
import { documentSocket } from './features/collaboration/socket.api.ts';
import type { RawRoute, UpgradeRoute } from './http/route.ts';
import { newsroomRoutes } from './newsroom.raw.ts';

/** Every raw route: streams, forms, pages that read the session. */
export const rawRoutes: readonly RawRoute<ApiServices>[] = [auditExportRoute, ...newsroomRoutes];

/** Every address that becomes a WebSocket. */
export const upgradeRoutes: readonly UpgradeRoute<ApiServices>[] = [documentSocket];
