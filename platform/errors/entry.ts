/** One error of the catalogue. Sentences say what happened, what was kept and what to do; `{{name}}` takes a parameter. */
export interface ErrorEntry {
  /** HTTP status. */
  status: number;
  es: string;
  en: string;
}

/** Keeps the codes of an area as literal types. */
export const area = <const T extends Record<`VIN_${string}`, ErrorEntry>>(entries: T): T => entries;
