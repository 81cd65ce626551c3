// What the shop would sell. Prices in cents.
export const PRODUCTS = [
  { id: 'A-101', slug: 'cazuela-de-barro', name: 'Cazuela de barro', category: 'Barro', cents: 2490, text: 'Para el horno y para la mesa. Guarda el calor media hora larga, y la salsa se espesa sola.' },
  { id: 'A-102', slug: 'jarra-azul', name: 'Jarra azul', category: 'Barro', cents: 3200, text: 'Un litro de agua fresca sin nevera. Esmaltada por dentro, a mano por fuera.' },
  { id: 'A-103', slug: 'taza-de-desayuno', name: 'Taza de desayuno', category: 'Barro', cents: 1150, text: 'Grande, de las que se cogen con las dos manos. Caben dos tostadas de lado.' },
  { id: 'A-201', slug: 'tabla-de-olivo', name: 'Tabla de olivo', category: 'Madera', cents: 3890, text: 'De un solo tablón, con la veta a la vista. Un poco de aceite al mes y dura más que tú.' },
  { id: 'A-202', slug: 'mortero', name: 'Mortero', category: 'Madera', cents: 2750, text: 'Para el alioli de verdad. La mano pesa lo justo para que el ajo se rinda.' },
  { id: 'A-203', slug: 'cuchara-de-guiso', name: 'Cuchara de guiso', category: 'Madera', cents: 890, text: 'Llega al fondo de la olla y no raya. Mango de una cuarta y media.' },
  { id: 'A-301', slug: 'delantal-de-lino', name: 'Delantal de lino', category: 'Lino', cents: 3450, text: 'Lavado a la piedra, con dos bolsillos hondos y cintas que no se sueltan.' },
  { id: 'A-302', slug: 'panera-de-lino', name: 'Panera de lino', category: 'Lino', cents: 1790, text: 'El pan de ayer, como el de hoy. Se lava a cuarenta grados y encoge una sola vez.' },
];

export const bySlug = (slug) => PRODUCTS.find((product) => product.slug === slug);
export const byId = (id) => PRODUCTS.find((product) => product.id === id);

/** Products whose name or category has all the words, accents or not. */
export function search(query) {
  const folded = (text) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const words = folded(query).split(/\s+/).filter(Boolean);
  return PRODUCTS.filter(({ name, category }) => words.every((word) => folded(`${name} ${category}`).includes(word)));
}

const euros = new Intl.NumberFormat('es-ES', { style: 'currency', currency: 'EUR' });
export const money = (cents) => euros.format(cents / 100);
