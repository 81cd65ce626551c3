// What is looked at to tell what customers need: fixed habits, and what this company's own purchases and surveys have.
import type { Warehouse } from '@vinculo/warehouse';

/** Plain data; kept with each finding, so that the same is looked at every night. */
export interface NeedsPlan {
  /** The categories most money goes to, greatest first. */
  categories: string[];
  channels: string[];
  /** Questions of surveys, by the topic of the contact that holds the answer. */
  questions: string[];
}

const CATEGORIES = 20;
const CHANNELS = 6;
const QUESTIONS = 8;
/** A question that fewer of the buyers answered says nothing of the rest. */
const ANSWERED = 0.1;

/** An answer to a question: a contact whose topic says it was one, with a number in what came of it: «9», «4 de 5», «7/10». */
export const IS_SURVEY = `match(lowerUTF8(topic), 'survey|encuesta|satisf|valoraci|opini|estilo|actitud|attitude|lifestyle')`;

export async function makePlan(warehouse: Warehouse, signal: AbortSignal): Promise<NeedsPlan> {
  const categories = await warehouse.rows<{ name: string }>(
    `select toString(category) as name from customer_line
      where amount > 0 and category != ''
      group by name order by sum(amount) desc, name limit ${CATEGORIES}`,
    {},
    { signal },
  );
  const channels = await warehouse.rows<{ name: string }>(
    `select toString(channel) as name from customer_order where channel != '' and amount > 0 group by name order by count() desc, name limit ${CHANNELS}`,
    {},
    { signal },
  );
  const questions = await warehouse.rows<{ name: string }>(
    `select topic as name
       from contact final
      where ${IS_SURVEY} and match(outcome, '[0-9]')
      group by name having uniq(record_id) >= ${ANSWERED} * (select count() from customer_value)
      order by uniq(record_id) desc, name limit ${QUESTIONS}`,
    {},
    { signal },
  );
  const names = (rows: { name: string }[]) => rows.map(({ name }) => name);
  return { categories: names(categories), channels: names(channels).length > 1 ? names(channels) : [], questions: names(questions) };
}
