// How records are linked, as data: rules, changes of them, the model's health, a customer's records as a graph. Composed in ../index.ts.
import type { FeaturePart } from '@vinculo/http';
import { jobs } from './jobs.ts';
import { routes } from './routes.ts';

export const part: FeaturePart = { routes, jobs };
