import type { Feature } from '@vinculo/http';
import { auditRoutes } from './routes.ts';
import { writeLine } from './write-line.ts';

export { auditChanges, ROUTINE } from './audit-changes.ts';

/** The audit log: reads come from what routes declare, changes from what transactions emit. */
export const feature: Feature = {
  name: 'audit',
  migrations: new URL('./migrations/', import.meta.url),
  permissions: [{ name: 'audit.read' }],
  routes(app, context) {
    app.setAuditor((entry) => writeLine(context.store.db, entry));
    auditRoutes(app, context);
  },
};
