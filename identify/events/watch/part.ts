import type { FeaturePart } from '@vinculo/http';
import { routes } from './routes.ts';

export const part: FeaturePart = { routes };
