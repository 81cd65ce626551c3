/**
 * Why somebody comes back, in the words of the trade. Dick & Basu (J. Acad. Marketing Science 22(2), 1994) cross attachment with
 * repeat purchase: `premium` has both, `latent` attachment alone, `inertia` purchase alone. Griffin ("Customer Loyalty", 1995)
 * and the usage after her name what else brings people back without attachment: no other seller (`monopoly`), nearness and ease
 * (`convenience`), the lowest price (`price`), points and coupons (`incentive`).
 */
export const LOYALTY_TYPES = ['monopoly', 'inertia', 'latent', 'convenience', 'price', 'incentive', 'premium'] as const;
export type LoyaltyType = (typeof LOYALTY_TYPES)[number];
/** With those of whom too little is known. */
export type LoyaltyVerdict = LoyaltyType | 'unknown';
