// What the forecast brings to the server. Composed in ../index.ts; its step of the scoring is in ../scores/steps.ts.
import type { FeaturePart } from '@vinculo/http';
import { routes } from './routes.ts';

export const part: FeaturePart = { routes };
