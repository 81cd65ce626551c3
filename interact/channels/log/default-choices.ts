// What a company that has not chosen its own words begins with.
import type { Context } from '@vinculo/http';
import { lockKey, newId, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';

type Words = readonly (string | readonly [label: string, followUpDays: number])[];

const DEFAULTS: Record<'es' | 'en', Record<'call' | 'visit', Record<'topic' | 'outcome', Words>>> = {
  es: {
    call: {
      outcome: [
        'Resuelto',
        ['No contesta', 1],
        ['Volver a llamar', 2],
        'Pedido',
        'Interesado',
        'No le interesa',
        'Reclamación',
        'Número equivocado',
      ],
      topic: ['Pedido', 'Información', 'Incidencia', 'Devolución', 'Factura', 'Oferta'],
    },
    visit: {
      outcome: ['Pedido', ['Interesado', 7], ['Presupuesto pedido', 3], 'Sin novedad', 'No estaba', 'No le interesa', 'Reclamación'],
      topic: ['Presentación', 'Seguimiento', 'Pedido', 'Cobro', 'Incidencia'],
    },
  },
  en: {
    call: {
      outcome: ['Solved', ['No answer', 1], ['Call back', 2], 'Order', 'Interested', 'Not interested', 'Complaint', 'Wrong number'],
      topic: ['Order', 'Information', 'Problem', 'Return', 'Invoice', 'Offer'],
    },
    visit: {
      outcome: ['Order', ['Interested', 7], ['Quote asked for', 3], 'Nothing new', 'Was not there', 'Not interested', 'Complaint'],
      topic: ['Presentation', 'Follow-up', 'Order', 'Payment', 'Problem'],
    },
  },
};

/** Writes the words of the installation's language, once: a company that put all of them away keeps it so. */
export async function seedChoices({ store, config }: Context): Promise<void> {
  await store.transaction(SYSTEM, async (tx) => {
    await sql`select pg_advisory_xact_lock(${lockKey('contact choices')}::bigint)`.execute(tx);
    const rows = Object.entries(DEFAULTS[config.language]).flatMap(([kind, lists]) =>
      Object.entries(lists).flatMap(([list, words]) =>
        words.map((word, place) => {
          const [label, days] = typeof word === 'string' ? [word, null] : word;
          return { id: newId(), kind, list, label, place, days };
        }),
      ),
    );
    await sql`
      insert into contact_choice (id, kind, list, label, place, follow_up_days)
      select id, kind, list, label, place, days
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(id uuid, kind text, list text, label text, place integer, days integer)
       where not exists (select from contact_choice)`.execute(tx);
  });
}
