// Looking around: the catalogue, what was searched, a product, what was looked at before.
import { mayRemember } from './consent.js';
import { draw } from './draw.js';
import { addToBasket } from './buying.js';
import { seen } from './kept.js';
import { byId, bySlug, money, PRODUCTS, search } from './products.js';
import * as tell from './tell.js';

const MOST_SEEN = 4;

const picture = ({ slug }, size) => draw('img', { src: `/img/${slug}.svg`, alt: '', width: size, height: size, loading: 'lazy' });

const card = (product) =>
  draw(
    'li',
    {},
    draw(
      'a',
      { class: 'card', href: `/producto/${product.slug}` },
      picture(product, 240),
      draw('span', { class: 'name' }, product.name),
      draw('span', { class: 'price' }, money(product.cents)),
    ),
  );

const shelf = (title, products) => draw('section', {}, draw('h2', {}, title), draw('ul', { class: 'shelf' }, products.map(card)));

/** Nothing where they did not agree to be recognised, or have looked at nothing yet. */
function drawSeen(main, but) {
  window.vinculo.ready(() => {
    main.querySelector('.seen')?.remove();
    const products = mayRemember() ? seen.get().filter((id) => id !== but).map(byId).filter(Boolean) : [];
    if (products.length === 0) return;
    const section = shelf('Lo último que viste', products.slice(0, MOST_SEEN));
    section.classList.add('seen');
    main.append(section);
  });
}

export function drawCatalogue(main, query) {
  document.title = query ? `«${query}» · La Alacena` : 'La Alacena';
  tell.visited(query ? 'Búsqueda' : 'Catálogo');
  const found = query ? search(query) : PRODUCTS;
  if (query) tell.searched(query);
  else tell.listed('Todo', found);
  main.append(draw('h1', {}, query ? `${found.length} con «${query}»` : 'Barro, madera y lino'));
  if (found.length === 0) main.append(draw('p', {}, 'No hay nada con ese nombre. ', draw('a', { href: '/' }, 'Ver todo')));
  for (const category of new Set(found.map((product) => product.category))) {
    main.append(shelf(category, found.filter((product) => product.category === category)));
  }
  drawSeen(main);
}

export function drawProduct(main, slug) {
  const product = bySlug(slug);
  if (!product) {
    drawNotFound(main);
    return;
  }
  document.title = `${product.name} · La Alacena`;
  tell.visited(product.name);
  tell.viewed(product);
  const said = draw('p', { role: 'status' });
  const add = () => {
    addToBasket(product);
    said.replaceChildren('En la cesta. ', draw('a', { href: '/cesta' }, 'Ver la cesta'));
  };
  main.append(
    draw(
      'article',
      { class: 'product' },
      picture(product, 480),
      draw(
        'div',
        {},
        draw('p', { class: 'category' }, product.category),
        draw('h1', {}, product.name),
        draw('p', {}, product.text),
        draw('p', { class: 'price' }, money(product.cents)),
        draw('button', { type: 'button', class: 'main', click: add }, 'Añadir a la cesta'),
        said,
      ),
    ),
  );
  drawSeen(main, product.id);
  const remember = () => {
    if (mayRemember()) seen.set([product.id, ...seen.get().filter((id) => id !== product.id)].slice(0, MOST_SEEN + 1));
  };
  window.vinculo.ready(remember);
  document.addEventListener('chosen', remember);
}

export function drawNotFound(main) {
  document.title = 'No está · La Alacena';
  tell.visited('No está');
  main.append(draw('h1', {}, 'Esta página no está'), draw('p', {}, draw('a', { href: '/' }, 'Volver a la tienda')));
}
