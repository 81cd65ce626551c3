// What to do now with this customer, as the first sentence on the record. Rules in order; the first that holds speaks.
// Later parts of the product (campaigns, recommendations) add better informed actions in front of these.
import type { z } from 'zod';
import type { CustomerSummary, SeenScore } from '../api/customers.ts';

interface Known {
  score: z.infer<typeof SeenScore> | null;
  email: string | null;
  phone: string | null;
  now: Date;
}

type NextAction = z.infer<typeof CustomerSummary>['nextAction'];

const DAY = 86_400_000;

/** Keys of the `customers` catalogue under `next.<key>`. */
export function nextAction({ score, email, phone, now }: Known): NextAction {
  if (!email && !phone) return { key: 'ask_contact', params: {} };
  if (!score?.orders) return { key: 'first_purchase', params: {} };
  const days = Math.max(0, Math.floor((now.getTime() - Date.parse(score.lastPurchaseAt)) / DAY));
  const params = { days, orders: score.orders };
  switch (score.rfmGroup) {
    case null: // not this reader's to see
      return { key: 'serve', params };
    case 'champions':
    case 'loyal':
      return { key: 'thank', params };
    case 'cant_lose':
    case 'at_risk':
      return { key: 'win_back', params };
    case 'new':
      return { key: 'welcome', params };
    case 'potential':
    case 'promising':
      return { key: 'second_purchase', params };
    case 'attention':
      return { key: 'remind', params };
    default:
      return { key: 'reactivate', params };
  }
}
