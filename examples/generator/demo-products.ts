import type { Journey } from './complete-journey.ts';

export interface DemoProduct {
  key: string;
  name: string;
  category: string;
  subcategory: string;
  brand: string;
  /** Average list price of a unit in the real purchases; 4 decimals, because fuel is sold by the thousandth. */
  price: number;
  cost: number;
}

// The real departments of the shop, in Spanish, and the share of the price that we invent as its margin.
const departments: Readonly<Record<string, readonly [name: string, margin: number]>> = {
  GROCERY: ['Alimentación', 0.24],
  'DRUG GM': ['Droguería y hogar', 0.32],
  PRODUCE: ['Frutas y verduras', 0.35],
  'MEAT-PCKGD': ['Carne envasada', 0.24],
  NUTRITION: ['Dietética', 0.34],
  DELI: ['Charcutería', 0.42],
  MEAT: ['Carnicería', 0.22],
  PASTRY: ['Panadería y bollería', 0.48],
  COSMETICS: ['Cosmética', 0.45],
  'SEAFOOD-PCKGD': ['Pescado envasado', 0.26],
  FLORAL: ['Flores', 0.46],
  MISCELLANEOUS: ['Varios', 0.2],
  SEAFOOD: ['Pescadería', 0.28],
  SPIRITS: ['Bebidas alcohólicas', 0.22],
  'SALAD BAR': ['Ensaladas', 0.5],
  'GARDEN CENTER': ['Jardín', 0.4],
  FUEL: ['Carburante', 0.06],
  RESTAURANT: ['Restaurante', 0.55],
  COUPON: ['Vales', 0],
  'CHEF SHOPPE': ['Platos preparados', 0.45],
  'FROZEN GROCERY': ['Congelados', 0.28],
  'TRAVEL & LEISURE': ['Viajes y ocio', 0.15],
  'GM MERCH EXP': ['Bazar', 0.35],
  AUTOMOTIVE: ['Automóvil', 0.35],
  'CNTRL/STORE SUP': ['Material de tienda', 0.1],
  'PHOTO & VIDEO': ['Fotografía y vídeo', 0.38],
};
const brands: Readonly<Record<string, string>> = { National: 'Marca nacional', Private: 'Marca propia' };

/** Every product that somebody bought, in the order of the catalogue. */
export function demoProducts({ transactions, products }: Journey): DemoProduct[] {
  const sold = new Map<string, { list: number; quantity: number }>();
  for (const line of transactions) {
    let sums = sold.get(line.product);
    if (!sums) sold.set(line.product, (sums = { list: 0, quantity: 0 }));
    sums.list += line.amount + line.retailDiscount + line.couponMatch;
    sums.quantity += line.quantity;
  }
  const known = new Map(products.map((product) => [product.id, product]));
  const order = [
    ...products.map(({ id }) => id).filter((id) => sold.has(id)),
    ...[...sold.keys()].filter((id) => !known.has(id)).toSorted(),
  ];
  return order.map((key) => {
    const product = known.get(key);
    const { list, quantity } = sold.get(key)!;
    const [category, margin] = departments[product?.department ?? ''] ?? ['Varios', 0.2];
    const price = quantity > 0 ? list / 100 / quantity : 0;
    const words = [product?.type || product?.category || 'Artículo', product?.size ?? '']
      .filter((word) => word !== '')
      .join(' ')
      .replace(/ +/g, ' ');
    // A shop's own brand leaves it more.
    const kept = product?.brand === 'Private' ? margin * 1.25 : margin;
    return {
      key,
      name: sentence(words),
      category,
      subcategory: sentence(product?.category ?? ''),
      brand: brands[product?.brand ?? ''] ?? '',
      price,
      cost: price * (1 - kept),
    };
  });
}

/** `ICE - CRUSHED/CUBED 22 LB` → `Ice - crushed/cubed 22 lb` */
function sentence(text: string): string {
  return text === '' ? '' : text[0]!.toUpperCase() + text.slice(1).toLowerCase();
}
