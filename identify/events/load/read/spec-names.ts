// Names of the e-commerce part of the Segment spec, as it writes them: shops write "order_completed", "Order completed", "orderCompleted".

const SPEC = [
  'Products Searched', 'Product List Viewed', 'Product List Filtered', 'Promotion Viewed', 'Promotion Clicked', 'Product Clicked',
  'Product Viewed', 'Product Added', 'Product Removed', 'Cart Viewed', 'Checkout Started', 'Checkout Step Viewed',
  'Checkout Step Completed', 'Payment Info Entered', 'Order Completed', 'Order Updated', 'Order Refunded', 'Order Cancelled',
  'Coupon Entered', 'Coupon Applied', 'Coupon Denied', 'Coupon Removed', 'Product Added to Wishlist', 'Product Removed from Wishlist',
  'Wishlist Product Added to Cart', 'Product Shared', 'Cart Shared', 'Product Reviewed', 'Signed Up', 'Signed In', 'Signed Out',
  'Application Installed', 'Application Opened',
]; // biome-ignore format: read as a list

/** What others say for the same. */
const OTHERS: Record<string, string> = {
  'order canceled': 'Order Cancelled',
  'completed order': 'Order Completed',
  'viewed product': 'Product Viewed',
  'added product': 'Product Added',
  'removed product': 'Product Removed',
  'log out': 'Signed Out',
  'logged out': 'Signed Out',
  logout: 'Signed Out',
  'sign out': 'Signed Out',
  'user signed out': 'Signed Out',
  'logged in': 'Signed In',
};

const folded = (name: string) =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/[\s_.-]+/g, ' ')
    .trim()
    .toLowerCase();

const CANONICAL = new Map([...SPEC.map((name) => [folded(name), name] as const), ...Object.entries(OTHERS)]);

/** After it a device is nobody's until somebody says who they are. */
export const SIGNED_OUT = 'Signed Out';

const MOST_KNOWN = 5_000;
const known = new Map<string, string>();

/** The name of the spec where it is one, any other as it came. */
export function specName(name: string): string {
  let found = known.get(name);
  if (found === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(name, (found = CANONICAL.get(folded(name)) ?? name));
  }
  return found;
}
