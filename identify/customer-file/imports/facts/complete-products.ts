import type { FactCommit } from './commit-facts.ts';

/**
 * Products that purchases name and the catalogue does not: added with what is known of them, their name. Where the catalogue
 * has the product without a name it gets one and keeps the rest. A catalogue loaded later says it better and wins.
 */
export async function completeProducts({ warehouse, staging, kind, reading, importId, began }: FactCommit): Promise<void> {
  if (kind !== 'purchases' || !reading.columns.has('product_name')) return;
  await warehouse.command(
    `insert into product (product_key, name, category, subcategory, brand, price, cost, import_id, version)
     select n.product_key, n.name, p.category, p.subcategory, p.brand, p.price, p.cost, {importId:UUID}, {began:UInt64} * 1048576
       from (select product_key, argMax(product_name, row) as name from ${staging}
              where not wrong and product_key != '' and product_name != '' group by product_key) n
       left any join (select * from product final) p on p.product_key = n.product_key
      where p.name = ''`,
    { importId, began },
    { settings: { join_use_nulls: 0 } },
  );
}
