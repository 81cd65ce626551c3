import type { FeaturePart } from '@vinculo/http';

export const part: FeaturePart = {};
