import { dayOf, isoDate } from './dates.ts';
import type { RandomSource } from './random.ts';

/**
 * What the web shop's customers allowed, from the rows of its customer file: what they ticked when they signed up, and
 * later changes of mind. Rows: customer_id, purpose, channel, granted, date, proof.
 */
export function consentRows(random: RandomSource, customers: readonly (readonly string[])[], today: number): string[][] {
  const rows: string[][] = [];
  for (const customer of customers) {
    const [id, created, accepts] = [customer[0]!, customer[8]!, customer[9]!];
    const since = dayOf(Number(created.slice(0, 4)), Number(created.slice(5, 7)), Number(created.slice(8, 10)));
    // 203.0.113.0/24 is kept for documentation by RFC 5737.
    const proof = `Alta en la web, formulario v${random.between(2, 4)}, IP 203.0.113.${random.below(256)}`;
    rows.push([id, 'marketing', 'email', accepts, created, proof]);
    if (random.chance(0.4)) rows.push([id, 'marketing', 'sms', String(accepts === 'true' && random.chance(0.6)), created, proof]);
    if (random.chance(0.3)) rows.push([id, 'profiling', 'any', String(random.chance(0.7)), created, proof]);
    if (accepts === 'true' && random.chance(0.08)) {
      const on = random.between(Math.min(since + 1, today - 1), today - 1);
      rows.push([id, 'marketing', 'email', 'false', `${isoDate(on)} 12:00:00`, 'Enlace de baja del boletín']);
    }
  }
  return rows;
}
