export { createApp } from './create-app.ts';
export { jobRun, page, pageQuery, problem } from './api.ts';
export { decodeCursor, encodeCursor, toPage } from './cursor.ts';
export { feature } from './own-feature.ts';
export { createSettings, type Settings } from './settings.ts';
export type {
  App,
  AuditDeclaration,
  AuditEntry,
  Auditor,
  Authenticator,
  Context,
  EventHandler,
  Feature,
  OutboxEvent,
  Permission,
  RouteDeclaration,
} from './feature.ts';
