// What the shop tells Vínculo, in the words of the Segment e-commerce specification. These are all the calls there are.
import { byId } from './products.js';

const { vinculo } = window;
const CURRENCY = 'EUR';

const product = ({ id, name, category, cents, slug }, quantity) => ({
  product_id: id,
  name,
  category,
  price: cents / 100,
  currency: CURRENCY,
  url: `${location.origin}/producto/${slug}`,
  ...(quantity && { quantity }),
});
const products = (lines) => Object.entries(lines).map(([id, quantity]) => product(byId(id), quantity));

export const visited = (name) => vinculo.page(name);
export const listed = (category, list) =>
  vinculo.track('Product List Viewed', { category, products: list.map((one) => product(one)) });
export const searched = (query) => vinculo.track('Products Searched', { query });
export const viewed = (one) => vinculo.track('Product Viewed', product(one));
export const added = (one, cart) => vinculo.track('Product Added', { ...product(one, 1), cart_id: cart });
export const removed = (one, quantity, cart) => vinculo.track('Product Removed', { ...product(one, quantity), cart_id: cart });
export const basketViewed = ({ id, lines }) => vinculo.track('Cart Viewed', { cart_id: id, products: products(lines) });
export const couponApplied = (coupon, discount) =>
  vinculo.track('Coupon Applied', { coupon_id: coupon, coupon_name: coupon, discount: discount / 100 });

const order = ({ order: id, lines, coupon, goods, discount, shipping }) => ({
  order_id: id,
  products: products(lines),
  subtotal: goods / 100,
  discount: discount / 100,
  shipping: shipping / 100,
  total: (goods - discount + shipping) / 100,
  currency: CURRENCY,
  ...(coupon && { coupon }),
});
export const checkoutStarted = (bill) => vinculo.track('Checkout Started', order(bill));
export const ordered = (bill) => vinculo.track('Order Completed', order(bill));

/** Who they are, and their name: so that their own browser may greet them next time. */
export const identified = ({ id, firstName, lastName, email }) => vinculo.identify(id, { firstName, lastName, email });
export const signedUp = (account) => {
  identified(account);
  vinculo.track('Signed Up', { type: 'web' });
};
export const signedIn = (account) => {
  identified(account);
  vinculo.track('Signed In');
};
/** Whoever comes next on this browser is somebody else. */
export const signedOut = () => {
  vinculo.track('Signed Out');
  vinculo.reset();
};
