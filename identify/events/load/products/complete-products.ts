// Products that events name and no file told of: added with what is known of them.
import type { WarehouseOfThread } from '@vinculo/warehouse';
import { amountText } from '../read/amount.ts';
import type { ProductSaid } from '../read/products.ts';
import { chunks } from '../devices/own-devices.ts';
import { Recent } from '../recent.ts';

interface Known {
  name: string;
  category: string;
  brand: string;
  /** Decimal text; null where it is not known. */
  price: string | null;
  /** Told by a file: that holds. */
  filed: boolean;
}

const MOST_KNOWN = 50_000;
const AT_ONCE = 400;
const NO_IMPORT = '00000000-0000-0000-0000-000000000000';

export interface KnownProducts {
  /**
   * Adds what these say and nobody knew: a name, a category, a brand or a price that was missing. What a file says of a product holds,
   * whatever events say.
   */
  complete(said: Iterable<ProductSaid>, at: Date): Promise<void>;
}

export function knownProducts(warehouse: WarehouseOfThread): KnownProducts {
  const known = new Recent<string, Known>(MOST_KNOWN);

  async function look(keys: readonly string[]): Promise<void> {
    for (const some of chunks(keys, AT_ONCE)) {
      const rows = await warehouse.rows<Omit<Known, 'price'> & { key: string; priced: string }>(
        `select product_key as key, name, toString(category) as category, toString(brand) as brand, ifNull(toString(price), '') as priced,
                import_id != {none:UUID} as filed
           from product final where product_key in {keys:Array(String)}`,
        { keys: some, none: NO_IMPORT },
      );
      const found = new Map(rows.map(({ key, priced, ...row }) => [key, { ...row, price: priced || null, filed: Boolean(row.filed) }]));
      for (const key of some) known.set(key, found.get(key) ?? { name: '', category: '', brand: '', price: null, filed: false });
    }
  }

  return {
    async complete(said, at) {
      const products = [...said];
      const asked = [...new Set(products.map(({ key }) => key))].filter((key) => !known.has(key));
      await look(asked);
      const news = new Map<string, Known>();
      for (const { key, name, category, brand, price } of products) {
        const before = news.get(key) ?? known.get(key);
        if (!before || before.filed) continue;
        const after: Known = {
          name: before.name || name,
          category: before.category || category,
          brand: before.brand || brand,
          price: before.price ?? (price === undefined ? null : amountText(price)),
          filed: false,
        };
        if (
          after.name !== before.name ||
          after.category !== before.category ||
          after.brand !== before.brand ||
          after.price !== before.price
        )
          news.set(key, after);
      }
      if (news.size === 0) return;
      // Versions of files are a million times greater: whenever one comes, it wins.
      await warehouse.insert(
        'product',
        [...news].map(([product_key, { name, category, brand, price }]) => ({
          product_key,
          name,
          category,
          brand,
          price,
          subcategory: '',
          cost: null,
          import_id: NO_IMPORT,
          version: at.getTime(),
        })),
      );
      for (const [key, product] of news) known.set(key, product);
    },
  };
}
