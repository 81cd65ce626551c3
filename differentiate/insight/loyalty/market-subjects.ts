import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import type { MarketSubjectQuery, MarketSubjects } from '../api/loyalty.ts';

const LIMIT = 20;
const QUERIES: Record<string, string> = {
  product: `select product_key as subject, if(name = '', product_key, name) as name from product final
             where positionCaseInsensitiveUTF8(name, {search:String}) > 0 or startsWith(product_key, {search:String}) order by name limit ${LIMIT}`,
  category: `select distinct category as subject, category as name from product final
              where category != '' and positionCaseInsensitiveUTF8(category, {search:String}) > 0 order by name limit ${LIMIT}`,
  province: `select distinct province as subject, province as name from customer_loyalty_fact
              where province != '' and positionCaseInsensitiveUTF8(province, {search:String}) > 0 order by name limit ${LIMIT}`,
  store: `select store as subject, store as name from customer_order
           where store != '' and positionCaseInsensitiveUTF8(store, {search:String}) > 0 group by store order by count() desc limit ${LIMIT}`,
};

/** What a fact of the market can be about: products, categories, provinces or stores that are known. */
export async function marketSubjects(
  { warehouse }: Context,
  { kind, search }: z.infer<typeof MarketSubjectQuery>,
): Promise<z.infer<typeof MarketSubjects>> {
  return { items: await warehouse.rows(QUERIES[kind.split('_').at(-1)!]!, { search }) };
}
