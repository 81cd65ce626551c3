// What an event says of people, for readers who may not see that. Shops name their fields as they like: whatever may name or reach
// somebody is hidden, in whatever depth.
import { maskEmail } from '@vinculo/customer-file';

const NAMES_PEOPLE =
  /mail|correo|phone|tel[eé]?f|mobile|m[oó]vil|first_?name|last_?name|full_?name|given_?name|surname|apellido|nombre|username|user_?id|address|direcci|street|calle|postal|zip|birth|nacimiento|national|dni|nif|passport|password|token|^ip$/i;
const EMAIL = /[^\s@]+@[^\s@]+\.[^\s@]+/;

/** The same event with `•••` where somebody would be named. */
export function maskedBody(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).map(([field, value]) => [field, NAMES_PEOPLE.test(field) && hasText(value) ? '•••' : masked(value)]),
  );
}

function masked(value: unknown): unknown {
  if (typeof value === 'string') return EMAIL.test(value) ? maskEmail(value) : value;
  if (Array.isArray(value)) return value.map(masked);
  return typeof value === 'object' && value !== null ? maskedBody(value as Record<string, unknown>) : value;
}

const hasText = (value: unknown) => value !== null && value !== undefined && value !== '';
