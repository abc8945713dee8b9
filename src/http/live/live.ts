export { type LiveHub, type LiveStats, makeLiveHub } from './hub.ts';
export { type LiveMapping, mapperOf } from './mapping.ts';
export { liveRoutes, type LiveServices } from './routes.ts';
