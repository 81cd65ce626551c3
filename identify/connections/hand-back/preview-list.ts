import { mayAsk } from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import type { z } from 'zod';
import type { HandBackPreview, HandBackPreviewRequest } from '../api/hand-backs.ts';
import type { ConnectionSources } from '../webhooks/sources.ts';
import { chosenFields, ID } from './fields.ts';
import { countList, type ListRow, readList } from './read-list.ts';

const SHOWN = 5;

/** How many would go, and the first few as they would. */
export async function previewList(
  context: Pick<Context, 'store' | 'warehouse'>,
  sources: ConnectionSources,
  actor: Actor,
  { list, fields: ids }: z.output<typeof HandBackPreviewRequest>,
): Promise<z.infer<typeof HandBackPreview>> {
  const fields = await chosenFields(context.store, actor, ids);
  if (list.kind === 'filter') mayAsk(actor, list.filter);
  const rows: ListRow[] = [];
  for await (const page of readList(context, sources, list, fields, SHOWN)) rows.push(...page);
  return {
    ...(await countList(context, sources, list)),
    columns: [ID, ...fields].map(({ column }) => column),
    rows: rows.slice(0, SHOWN).map(({ id, cells }) => [id, ...cells]),
  };
}
