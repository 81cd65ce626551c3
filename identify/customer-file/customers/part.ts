// What people see and do with customers. Composed in ../index.ts.
import type { FeaturePart } from '@vinculo/http';
import type { CustomerFileSources } from './members.ts';
import { routes } from './routes.ts';

export const customers = (sources: CustomerFileSources): FeaturePart => ({ routes: (app, context) => routes(app, context, sources) });

/** Without lists kept elsewhere. */
export const part = customers({});
