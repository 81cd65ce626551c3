import type {
  ReviewBulk,
  ReviewBulkPreview,
  ReviewDecided,
  ReviewPair,
  ReviewPattern,
  ReviewRow,
  ReviewSettings,
  ReviewStatistics,
  ReviewUndone,
  ReviewVerdict,
} from '@vinculo/customer-file/api/review';
import type { z } from 'zod';

export type Verdict = z.infer<typeof ReviewVerdict>;
export type Row = z.infer<typeof ReviewRow>;
export type Pair = z.infer<typeof ReviewPair>;
export type PairField = Pair['fields'][number];
export type Decided = z.infer<typeof ReviewDecided>;
export type Undone = z.infer<typeof ReviewUndone>;
export type Pattern = z.infer<typeof ReviewPattern>;
export type Bulk = z.infer<typeof ReviewBulk>;
export type BulkPreview = z.infer<typeof ReviewBulkPreview>;
export type Statistics = z.infer<typeof ReviewStatistics>;
export type Settings = z.infer<typeof ReviewSettings>;
