import { currentRequest } from '@vinculo/http';
import { type Actor, newId } from '@vinculo/postgres';
import { sql } from 'kysely';

export interface Line {
  action: string;
  subject: { kind: string; id: string };
  detail: Record<string, unknown>;
  actor: Pick<Actor, 'kind' | 'id' | 'name'>;
}

type Executor = Parameters<ReturnType<typeof sql>['execute']>[0];

/** One line, through the connection given: inside a transaction it stands or falls with it. The request, if there is one, names itself. */
export async function writeLine(db: Executor, { action, subject, detail, actor }: Line): Promise<void> {
  const request = currentRequest();
  await sql`
    insert into audit (id, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, detail, request_id, ip)
    values (${newId()}, ${actor.kind}, ${actor.id}, ${actor.name}, ${action}, ${subject.kind}, ${subject.id}, ${JSON.stringify(detail)},
            ${request?.requestId ?? null}, ${request?.ip ?? null})`.execute(db);
}
