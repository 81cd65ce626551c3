import { ERRORS, type ErrorCode, type ErrorEntry } from './catalogue.ts';
import type { Subject } from './subjects.ts';

type Language = 'es' | 'en';

/** An error people are told about. `message` is the English sentence; {@link sentence} gives the reader's language. */
export class VinculoError extends Error {
  override readonly name = 'VinculoError';
  readonly code: `VIN_${string}`;
  /** HTTP status. */
  readonly status: number;
  readonly params: Record<string, unknown>;

  constructor(code: `VIN_${string}`, params: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(sentence(code, params, 'en'), options);
    this.code = code;
    this.status = entry(code).status;
    this.params = params;
  }
}

/** The error of that code, to be thrown: `throw fail('VIN_JOB_UNKNOWN', { name })`. */
export function fail(code: ErrorCode, params: Record<string, unknown> = {}, cause?: unknown): VinculoError {
  return new VinculoError(code, params, cause === undefined ? undefined : { cause });
}

/** 404: `throw notFound('customer', id)`. */
export function notFound(subject: Subject, id: unknown): VinculoError {
  return fail(`VIN_${subject.toUpperCase() as Uppercase<Subject>}_NOT_FOUND`, { id });
}

/** 409 with its own sentence, which says what contradicts what and what to do first. One string is used for both languages. */
export function conflict(subject: Subject, detail: string | Record<Language, string>): VinculoError {
  return fail(`VIN_${subject.toUpperCase() as Uppercase<Subject>}_CONFLICT`, { detail });
}

/** A field that is wrong and why, in one language for both or in each. */
export interface WrongField {
  path: string;
  message: string | Record<Language, string>;
}

/** 400 with the fields that are wrong, as the problem document lists them. */
export function invalid(detail: string | Record<Language, string>, errors: WrongField[] = []): VinculoError {
  return fail('VIN_REQUEST_INVALID', { detail, errors });
}

/** What a person reads: the sentence of the code with its parameters put in. A parameter may be `{ es, en }`. */
export function sentence(code: string, params: Record<string, unknown>, language: Language): string {
  return entry(code)[language].replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = params[name];
    if (typeof value === 'object' && value !== null && language in value) return String((value as Record<Language, unknown>)[language]);
    return value === undefined ? '' : String(value);
  });
}

function entry(code: string): ErrorEntry {
  return (ERRORS as Record<string, ErrorEntry>)[code] ?? ERRORS.VIN_INTERNAL;
}
