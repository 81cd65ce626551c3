// What scenarios bring to the server. Composed in ../index.ts.
import type { FeaturePart } from '@vinculo/http';
import { routes } from './routes.ts';

export const part: FeaturePart = { routes };
