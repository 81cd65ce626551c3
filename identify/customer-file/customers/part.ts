// What people see and do with customers. Composed in ../index.ts.
import type { FeaturePart } from '../index.ts';
import { routes } from './routes.ts';

export const part: FeaturePart = { routes };
