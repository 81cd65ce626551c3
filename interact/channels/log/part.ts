// Calls and visits, and the list of everything written down. Composed in ../index.ts.
import type { FeaturePart } from '@vinculo/http';
import { seedChoices } from './default-choices.ts';
import { routes } from './routes.ts';

export const part: FeaturePart = { routes, start: seedChoices };
