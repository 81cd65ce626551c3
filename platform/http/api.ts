// Shapes shared with the console: zod only, nothing of the server.
import { JobRun, JobState } from '@vinculo/jobs/api';
import { z } from 'zod';

export const language = z.enum(['es', 'en']);

/** RFC 9457 problem details, with our stable code and, for a refused input, one entry a field. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string().describe('Stable code, VIN_<AREA>_<WHAT>'),
    instance: z.string().describe('The request id, to quote when asking for help'),
    errors: z
      .array(
        z.object({
          field: z.string().describe('The field, dotted: address.postalCode'),
          message: z.string(),
          code: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;

/** One page of a list; `next` is the cursor of the following one, `null` on the last. */
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });

/** The query string of every list. */
export const pageQuery = z.object({
  cursor: z.string().max(2_000).optional().describe('The `next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Items a page'),
});

/** Instants on the wire: UTC, ISO 8601. */
export const instant = z.iso.datetime();

const knownTimeZones = (() => {
  const zones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);
  return (zone: string) => zones.has(zone);
})();
const knownCurrencies = (() => {
  const codes = new Set(Intl.supportedValuesOf('currency'));
  return (code: string) => codes.has(code);
})();

export const companySettings = z
  .object({
    companyName: z.string().trim().max(120),
    timeZone: z
      .string()
      .refine(knownTimeZones, { params: { code: 'time_zone' } })
      .describe('IANA name, Europe/Madrid'),
    currency: z
      .string()
      .refine(knownCurrencies, { params: { code: 'currency' } })
      .describe('ISO 4217, EUR'),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .describe('ISO 3166-1 alpha-2, ES'),
    language,
  })
  .meta({ id: 'CompanySettings' });
export type CompanySettings = z.infer<typeof companySettings>;

export const companySettingsChange = companySettings.partial();

/** What people see of a piece of background work. What it was given stays inside: it may name a customer. */
export const jobRun = JobRun.omit({ input: true }).meta({ id: 'JobRun' });
export type JobRunView = z.infer<typeof jobRun>;

export const jobList = page(jobRun);
export const jobQuery = pageQuery.extend({ state: JobState.optional(), name: z.string().max(100).optional() });
