// The call centre exports one JSON object a call: who called (the agent's card of the caller, as heard on the phone)
// and what about.
import { clock, isoDate } from './dates.ts';
import type { Declaration } from './declaration.ts';
import { fullName } from './customer-tables.ts';
import { type RandomSource } from './random.ts';
import { weighted } from './weighted.ts';

export const callerMapping = { ficha: 'key', nombre_completo: 'full_name', telefono: 'phone', dni: 'national_id' };
export const callMapping = {
  id: 'contact_key',
  ficha: 'customer_key',
  fecha: 'occurred_at',
  canal: 'channel',
  sentido: 'direction',
  motivo: 'topic',
  resultado: 'outcome',
};

const topics = ['Pedido', 'Devolución', 'Factura', 'Puntos y tarjeta', 'Reclamación', 'Horario y tiendas', 'Producto', 'Entrega'];
const drawTopic = weighted([22, 14, 10, 18, 12, 8, 8, 8]);
const outcomes = ['Resuelto', 'Pendiente', 'Escalado', 'No contesta'];
const drawOutcome = weighted([70, 14, 10, 6]);

/** The caller as the agent wrote them down; the same on every call of that card. */
export function callerCells(random: RandomSource, card: string, d: Declaration): string {
  const phone = d.phone === '' ? '' : `,"telefono":"${random.chance(0.6) ? '+34' : ''}${d.phone}"`;
  const id = d.nationalId === '' ? '' : `,"dni":"${d.nationalId}"`;
  return `"ficha":"${card}","nombre_completo":${JSON.stringify(fullName(d, false))}${phone}${id}`;
}

/** One call as a line of JSON; `second` counts seconds since midnight of `day`. */
export function callLine(random: RandomSource, id: string, caller: string, day: number, second: number): string {
  const outgoing = random.chance(0.12);
  const topic = topics[drawTopic(random)]!;
  const outcome = outgoing ? outcomes[drawOutcome(random)]! : outcomes[Math.min(drawOutcome(random), 2)]!;
  return `{"id":"${id}",${caller},"fecha":"${isoDate(day)} ${clock(second)}","canal":"teléfono","sentido":"${outgoing ? 'saliente' : 'entrante'}","motivo":"${topic}","resultado":"${outcome}","duracion_s":${30 + random.below(900)}}`;
}
