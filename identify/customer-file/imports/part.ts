// What this part of the customer file brings to the server. Composed in ../index.ts.
import type { FeaturePart } from '../index.ts';

export const part: FeaturePart = {};
