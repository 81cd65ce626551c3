/** The views that may be asked, in the order people meet them. Their words are in the `questions` catalogue. */
export const VIEWS = [
  'v_customers',
  'v_orders',
  'v_purchases',
  'v_categories',
  'v_products',
  'v_months',
  'v_contacts',
  'v_campaigns',
  'v_campaign_contacts',
  'v_redemptions',
  'v_scores_forecast',
  'v_scores_life_cycle',
  'v_scores_loyalty',
  'v_scores_tier',
] as const;
export const isView = (name: string): boolean => (VIEWS as readonly string[]).includes(name);
