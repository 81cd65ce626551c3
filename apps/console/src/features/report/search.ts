import { z } from 'zod';
import type { Target } from '../../ui/link.tsx';
import type { Report } from './report.tsx';

/** What may stand in the URL of the six questions. */
export const reportSearch = z.object({
  from: z.string().optional(),
  to: z.string().optional(),
  against: z.enum(['before', 'year']).optional(),
  segment: z.string().optional(),
});
export type ReportSearch = z.infer<typeof reportSearch>;

/** Of whom a figure is, and the best so many per cent it may be of. */
export const WHO = ['buyers', 'new', 'back', 'more', 'less', 'gone', 'below'] as const;
export const BEST = [1, 5, 10, 20] as const;

/** What may stand in the URL of the list behind a figure: the words of the API's ReportCustomersQuery. */
export const reportListSearch = reportSearch.extend({
  who: z.enum(WHO).optional(),
  best: z.coerce.number().optional(),
  loyalty: z.string().optional(),
  years: z.coerce.string().optional(),
  province: z.string().optional(),
  category: z.string().optional(),
});
export type ReportListSearch = z.infer<typeof reportListSearch>;

/** The list behind a figure: of the same days, compared with the same, of the same segment. */
export function behindReport(
  { from, to, beforeFrom, segment }: Pick<Report, 'from' | 'to' | 'beforeFrom' | 'segment'>,
  of: Omit<ReportListSearch, keyof ReportSearch> = {},
): Target {
  const yearBefore = beforeFrom.slice(5) === (from.slice(5) === '02-29' ? '02-28' : from.slice(5));
  return {
    to: '/value/report/customers',
    search: { from, to, against: yearBefore ? 'year' : 'before', ...(segment ? { segment: segment.id } : {}), ...of },
  };
}
