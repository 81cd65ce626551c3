// The basket, paying, and thanks.
import { draw } from './draw.js';
import { basket, session } from './kept.js';
import { byId, money } from './products.js';
import * as tell from './tell.js';

const COUPON = { code: 'HOLA10', share: 0.1 };
const SHIPPING_CENTS = 490;
const FREE_FROM_CENTS = 5000;

export const count = (lines) => Object.values(lines).reduce((sum, quantity) => sum + quantity, 0);

/** What it costs, in cents. */
function billOf({ lines, coupon }) {
  const goods = Object.entries(lines).reduce((sum, [id, quantity]) => sum + byId(id).cents * quantity, 0);
  const discount = coupon === COUPON.code ? Math.round(goods * COUPON.share) : 0;
  return { lines, coupon, goods, discount, shipping: goods - discount >= FREE_FROM_CENTS || goods === 0 ? 0 : SHIPPING_CENTS };
}

function keep(change) {
  const now = { ...basket.get(), ...change };
  basket.set({ ...now, id: now.id ?? `CESTA-${crypto.randomUUID().slice(0, 8)}` });
  document.querySelector('#basket').textContent = `Cesta (${count(now.lines)})`;
  return basket.get();
}

export function addToBasket(product) {
  const { lines } = basket.get();
  const { id } = keep({ lines: { ...lines, [product.id]: (lines[product.id] ?? 0) + 1 } });
  tell.added(product, id);
}

function removeFromBasket(product) {
  const { [product.id]: quantity, ...lines } = basket.get().lines;
  const { id } = keep({ lines });
  tell.removed(product, quantity, id);
}

const row = (name, cents, extra = {}) => draw('tr', extra, draw('th', { scope: 'row' }, name), draw('td', {}, money(cents)));

function table(bill, remove) {
  return draw(
    'table',
    { class: 'bill' },
    draw(
      'tbody',
      {},
      Object.entries(bill.lines).map(([id, quantity]) => {
        const product = byId(id);
        const button = remove && draw('button', { type: 'button', class: 'link', click: () => remove(product), 'aria-label': `Quitar ${product.name}` }, 'Quitar');
        return draw(
          'tr',
          {},
          draw('th', { scope: 'row' }, `${quantity} × `, draw('a', { href: `/producto/${product.slug}` }, product.name), ' ', button),
          draw('td', {}, money(product.cents * quantity)),
        );
      }),
      bill.discount > 0 && row(`Cupón ${bill.coupon}`, -bill.discount),
      row(bill.shipping === 0 ? 'Envío gratis' : 'Envío', bill.shipping),
      row('Total', bill.goods - bill.discount + bill.shipping, { class: 'total' }),
    ),
  );
}

export function drawBasket(main) {
  document.title = 'Tu cesta · La Alacena';
  tell.visited('Cesta');
  if (count(basket.get().lines) > 0) tell.basketViewed(basket.get());
  const redraw = () => {
    const now = basket.get();
    if (count(now.lines) === 0) {
      main.replaceChildren(draw('h1', {}, 'Tu cesta está vacía'), draw('p', {}, draw('a', { href: '/' }, 'Ver la tienda')));
      return;
    }
    const bill = billOf(now);
    const said = draw('p', { role: 'status' }, bill.discount > 0 ? `Cupón ${now.coupon} puesto.` : `¿Tienes cupón? Prueba ${COUPON.code}.`);
    const apply = (event) => {
      event.preventDefault();
      const coupon = new FormData(event.target).get('coupon').trim().toUpperCase();
      if (coupon !== COUPON.code) {
        said.textContent = `No conocemos el cupón «${coupon}».`;
        return;
      }
      tell.couponApplied(coupon, billOf(keep({ coupon })).discount);
      redraw();
    };
    main.replaceChildren(
      draw('h1', {}, 'Tu cesta'),
      table(bill, (product) => {
        removeFromBasket(product);
        redraw();
      }),
      draw(
        'form',
        { class: 'row', submit: apply },
        draw('input', { name: 'coupon', 'aria-label': 'Cupón', placeholder: 'Cupón', required: true }),
        draw('button', { type: 'submit' }, 'Poner'),
      ),
      said,
      draw('a', { class: 'main', href: '/pago' }, 'Ir a pagar'),
    );
  };
  redraw();
}

export function drawPayment(main) {
  document.title = 'Pago · La Alacena';
  tell.visited('Pago');
  const now = basket.get();
  const account = session.get();
  if (count(now.lines) === 0) {
    location.replace('/cesta');
    return;
  }
  const bill = { ...billOf(now), order: now.id.replace('CESTA', 'PEDIDO') };
  tell.checkoutStarted(bill);
  const pay = () => {
    tell.ordered(bill);
    basket.clear();
    location.assign(`/gracias/${bill.order}`);
  };
  main.append(
    draw('h1', {}, 'Pago'),
    table(bill),
    account
      ? draw('p', {}, `Lo enviamos a nombre de ${account.firstName} ${account.lastName}.`)
      : draw('p', {}, draw('a', { href: '/cuenta' }, 'Entra o haz una cuenta'), ' y sabremos a quién enviarlo. También puedes pagar sin ella.'),
    draw('button', { type: 'button', class: 'main', click: pay }, `Pagar ${money(bill.goods - bill.discount + bill.shipping)}`),
    draw('p', { class: 'small' }, 'Es de mentira: no hay tarjeta, ni cobro, ni paquete.'),
  );
}

export function drawThanks(main, order) {
  document.title = 'Gracias · La Alacena';
  tell.visited('Gracias');
  main.append(
    draw('h1', {}, 'Gracias por tu compra'),
    draw('p', {}, `Tu pedido es el ${order}.`),
    draw('p', {}, draw('a', { href: '/' }, 'Seguir mirando')),
  );
}
