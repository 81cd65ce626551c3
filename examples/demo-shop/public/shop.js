// One document, a page for each address.
import { watchConsent } from './consent.js';
import { greet } from './greet.js';
import { basket, session } from './kept.js';
import { count, drawBasket, drawPayment, drawThanks } from './buying.js';
import { drawAccount } from './account.js';
import { drawCatalogue, drawNotFound, drawProduct } from './looking.js';

const main = document.querySelector('#main');
const [, page = '', name = ''] = location.pathname.split('/').map(decodeURIComponent);
const query = new URLSearchParams(location.search).get('q')?.trim() ?? '';

const PAGES = {
  '': () => drawCatalogue(main, query),
  producto: () => drawProduct(main, name),
  cesta: () => drawBasket(main),
  pago: () => drawPayment(main),
  gracias: () => drawThanks(main, name),
  cuenta: () => drawAccount(main),
};

document.querySelector('#search input').value = query;
document.querySelector('#account').textContent = session.get()?.firstName ?? 'Entrar';
document.querySelector('#basket').textContent = `Cesta (${count(basket.get().lines)})`;
(PAGES[page] ?? (() => drawNotFound(main)))();
greet();
watchConsent();
