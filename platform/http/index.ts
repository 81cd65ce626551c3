export { createApp } from './create-app.ts';
export { composed, type FeaturePart } from './feature-part.ts';
export { jobRun, page, pageQuery, problem } from './api.ts';
export { decodeCursor, decodeIdCursor, encodeCursor, toPage } from './cursor.ts';
export { feature } from './own-feature.ts';
export { currentRequest } from './request-context.ts';
export { strictLimit } from './limits.ts';
export { createSettings, type Settings } from './settings.ts';
export type { EventHandler, OutboxEvent } from '@vinculo/postgres';
export type {
  App,
  AuditDeclaration,
  AuditEntry,
  Auditor,
  Authenticator,
  Context,
  Feature,
  Gauge,
  Permission,
  RouteDeclaration,
  Stop,
} from './feature.ts';
