// What money brings to the server: costs, profit and value models. Composed in ../index.ts.
import type { FeaturePart } from '@vinculo/http';

export const part: FeaturePart = {};
