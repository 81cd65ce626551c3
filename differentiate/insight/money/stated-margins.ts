// The margins a company states, as the warehouse takes them.
import type { CostTable } from './cost-table.ts';

export interface MarginParameters extends Record<string, unknown> {
  companyMargin: string | null;
  categories: string[];
  /** Written, so that no digit is lost on the way. */
  categoryMargins: string[];
}

export function marginParameters({ margins }: CostTable): MarginParameters {
  return {
    companyMargin: margins.company === null ? null : margins.company.toFixed(4),
    categories: margins.categories.map(({ category }) => category),
    categoryMargins: margins.categories.map(({ margin }) => margin.toFixed(4)),
  };
}
