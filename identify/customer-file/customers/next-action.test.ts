import { describe, expect, it } from 'vitest';
import { nextAction } from './next-action.ts';

const now = new Date('2026-06-30T00:00:00Z');
const score = {
  revenue: 100,
  margin: null,
  orders: 3,
  firstPurchaseAt: '2026-01-01T00:00:00Z',
  lastPurchaseAt: '2026-06-20T00:00:00Z',
  averageOrder: 33,
  returned: 0,
  discountShare: 0,
  channels: [],
  recency: 3,
  frequency: 3,
  monetary: 3,
  rfmGroup: 'attention' as const,
  decile: 5,
  profit: null,
  tier: null,
  lifetimeValue: null,
  stage: null,
  churnRisk: null,
  loyaltyType: null,
  computedAt: '2026-06-30T00:00:00Z',
};
const reachable = { email: 'a@b.es', phone: null, now };

describe('the next action', () => {
  it('is to ask for a way to reach the customer before anything else', () => {
    expect(nextAction({ score, email: null, phone: null, now }).key).toBe('ask_contact');
  });
  it('is the first purchase for who never bought', () => expect(nextAction({ ...reachable, score: null }).key).toBe('first_purchase'));
  it('is the first purchase for who only ever brought something back', () =>
    expect(nextAction({ ...reachable, score: { ...score, orders: 0, averageOrder: null } }).key).toBe('first_purchase'));
  it.each([
    ['champions', 'thank'],
    ['cant_lose', 'win_back'],
    ['new', 'welcome'],
    ['lost', 'reactivate'],
  ] as const)('for %s is %s, with the days since the last purchase', (rfmGroup, key) => {
    expect(nextAction({ ...reachable, score: { ...score, rfmGroup } })).toEqual({ key, params: { days: 10, orders: 3 } });
  });
});
