// Colours by meaning. One accent; green and red only say better and worse, and never alone.
// Values have a contrast of at least 3:1 with both backgrounds, so a customer group looks the same in both themes.

/** Named RFM groups, best first: cool colours for who is close, warm for who is leaving, grey for who left. */
export const GROUP_COLORS: Record<string, string> = {
  champions: '#1f5fbf',
  loyal: '#3f8fd0',
  potential: '#1a9c8a',
  new: '#6a9a2d',
  promising: '#9a8f1f',
  attention: '#c08a0c',
  at_risk: '#d9701a',
  cant_lose: '#c2416b',
  hibernating: '#8d7aa8',
  lost: '#7d848f',
};

/** Value deciles, 1 is the best: one hue, from strong to faint, readable in both themes. */
export const DECILE_COLORS = ['#2f4bc4', '#3f5bd9', '#566fde', '#6a80e0', '#7d8fdc', '#8a98d2', '#8f9ac6', '#9199b8', '#9198aa', '#8f959f'];

/** Value tiers: blue for the best, green for who can grow, grey for the ordinary, red-brown for who costs. Names always stand beside. */
export const TIER_COLORS: Record<string, string> = {
  most_valuable: '#1f5fbf',
  most_growable: '#1a9c8a',
  ordinary: '#7d848f',
  below_zero: '#b3541e',
};

/** Stages of the life cycle, in the order of the cycle. */
export const STAGE_COLORS: Record<string, string> = {
  prospect: '#8d7aa8',
  new: '#6a9a2d',
  active: '#3f8fd0',
  growing: '#1f5fbf',
  at_risk: '#d9701a',
  inactive: '#c08a0c',
  lost: '#7d848f',
  won_back: '#1a9c8a',
};

/** Lines and bars of a chart that have no meaning of their own, in the order of use. */
export const SERIES_COLORS = ['#3f5bd9', '#d9701a', '#1a9c8a', '#c2416b', '#9a8f1f', '#8d7aa8'];

/**
 * The seven loyalty types and `unknown`, the same on every screen. Chosen so that any two differ also for who does not see red,
 * green or blue (OKLab distance ≥ 0.08 under Machado's simulations), with a contrast of 3:1 on both backgrounds.
 */
export const LOYALTY_COLORS: Record<string, string> = {
  premium: '#4d63ff',
  latent: '#4c7a55',
  inertia: '#c373e2',
  convenience: '#27a963',
  price: '#d04010',
  incentive: '#ff3db1',
  monopoly: '#d47c00',
  unknown: '#7d848f',
};

export const groupColor = (group: string): string => GROUP_COLORS[group] ?? '#7d848f';
export const tierColor = (tier: string): string => TIER_COLORS[tier] ?? '#7d848f';
export const stageColor = (stage: string): string => STAGE_COLORS[stage] ?? '#7d848f';
export const decileColor = (decile: number): string => DECILE_COLORS[decile - 1] ?? '#8f959f';
export const loyaltyColor = (type: string): string => LOYALTY_COLORS[type] ?? '#7d848f';
