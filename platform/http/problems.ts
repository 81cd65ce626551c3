import { STATUS_CODES } from 'node:http';
import { type Language, translator } from '@vinculo/languages';
import { fail, invalid, sentence, VinculoError, type WrongField } from '@vinculo/errors';
import type { FastifyError, FastifyReply, FastifyRequest, FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import type { Problem } from './api.ts';
import type { App, Context } from './feature.ts';

/** An input the schema refused: zod's issues, with the value at hand to tell "missing" from "wrong". */
class InvalidInput extends Error {
  readonly statusCode = 400;
  readonly issues: z.core.$ZodIssue[];
  constructor(issues: z.core.$ZodIssue[]) {
    super('The input does not fit the schema of the route.');
    this.issues = issues;
  }
}

/**
 * Validates with zod; what a schema transforms or defaults is what the handler sees. A part of the address that cannot be is no field
 * to correct: there is nothing at that address.
 */
export const validateInput: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data: unknown) => {
    const result = schema.safeParse(data, { reportInput: true });
    if (result.success) return { value: result.data };
    const { issues } = result.error;
    return { error: httpPart === 'params' ? fail('VIN_REQUEST_ADDRESS', { part: partsOf(data, issues) }) : new InvalidInput(issues) };
  };

/** The parts of the address that are wrong, as they were written. */
function partsOf(params: unknown, issues: readonly z.core.$ZodIssue[]): string {
  const names = new Set(issues.map(({ path }) => String(path[0])));
  return Object.entries(params as Record<string, unknown>)
    .filter(([name]) => names.has(name))
    .map(([, value]) => String(value))
    .join(', ');
}

/** Every error leaves as RFC 9457 problem details, in the reader's language. What we did not foresee is logged and told as a 500 without its insides. */
export function answerWithProblems(app: App, context: Context): void {
  app.setErrorHandler((error, request, reply) => {
    const known = toKnown(error);
    if (!known || known.status >= 500) {
      request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
    }
    const told = known ?? fail('VIN_INTERNAL', { reference: request.id });
    return sendProblem(reply, toProblem(told, request, context, error instanceof InvalidInput ? error.issues : undefined));
  });
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .serializer((payload) => JSON.stringify(payload))
    .send(problem);
}

function toKnown(error: unknown): VinculoError | undefined {
  if (error instanceof VinculoError) return error;
  if (error instanceof InvalidInput) return invalid(bothLanguages('errors:request.fields', { count: error.issues.length }));
  const { statusCode, code } = error as Partial<FastifyError>;
  if (code === 'FST_REQ_FILE_TOO_LARGE') return fail('VIN_REQUEST_TOO_LARGE', { limit: '64 GB' });
  if (statusCode === 413) return fail('VIN_REQUEST_TOO_LARGE', { limit: '10 MB' });
  if (statusCode === 415) return invalid(bothLanguages('errors:request.media_type'));
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return invalid(bothLanguages('errors:request.malformed'));
  return undefined;
}

export function toProblem(error: VinculoError, request: FastifyRequest, context: Context, issues?: z.core.$ZodIssue[]): Problem {
  const language = request.language ?? context.config.language;
  const t = translator(language);
  return {
    type: `urn:vinculo:error:${error.code}`,
    title: t(`errors:title.${error.status}`, { defaultValue: STATUS_CODES[error.status] ?? 'Error' }),
    status: error.status,
    detail: sentence(error.code, error.params, language),
    code: error.code,
    instance: `urn:uuid:${request.id}`,
    ...(issues ? { errors: issues.flatMap((issue) => fieldErrors(issue, language)) } : givenFields(error, language)),
  };
}

/** The fields a use case found wrong by itself and named through `invalid(…, errors)`. */
function givenFields({ params }: VinculoError, language: Language): Pick<Problem, 'errors'> {
  const { errors = [] } = params as { errors?: WrongField[] };
  const said = ({ message }: WrongField) => (typeof message === 'string' ? message : message[language]);
  return errors.length > 0 ? { errors: errors.map((wrong) => ({ field: wrong.path, message: said(wrong), code: 'invalid' })) } : {};
}

function bothLanguages(key: string, params: Record<string, unknown> = {}): Record<Language, string> {
  return { es: translator('es')(key, params), en: translator('en')(key, params) };
}

function fieldErrors(issue: z.core.$ZodIssue, language: Language): NonNullable<Problem['errors']> {
  const field = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: [...issue.path, key].join('.'),
      ...inWords('unknown_field', {}, language),
    }));
  }
  return [{ field, ...wordsFor(issue, language) }];
}

function wordsFor(issue: z.core.$ZodIssue, language: Language): { message: string; code: string } {
  const say = (code: string, params: Record<string, unknown> = {}) => inWords(code, params, language);
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null ? say('required') : say(`type_${issue.expected}`);
    case 'too_small':
      if (issue.origin === 'string')
        return Number(issue.minimum) <= 1 ? say('required') : say('too_short', { minimum: Number(issue.minimum) });
      return say(countable(issue.origin) ? 'too_few' : 'too_small', { minimum: Number(issue.minimum) });
    case 'too_big':
      if (issue.origin === 'string') return say('too_long', { maximum: Number(issue.maximum) });
      return say(countable(issue.origin) ? 'too_many' : 'too_big', { maximum: Number(issue.maximum) });
    case 'invalid_format':
      return say(`format_${issue.format}`);
    case 'invalid_value':
      return say('one_of', { values: issue.values.map(String).join(', ') });
    case 'custom':
      return say(typeof issue.params?.code === 'string' ? issue.params.code : 'invalid', issue.params);
    default:
      return say('invalid');
  }
}

const countable = (origin: string) => origin === 'array' || origin === 'set' || origin === 'file' || origin === 'map';

function inWords(code: string, params: Record<string, unknown>, language: Language): { message: string; code: string } {
  const t = translator(language);
  return { message: t([`errors:field.${code}`, 'errors:field.invalid'], params), code };
}
