/** What a file holds, as `vinculo import` names it. */
export type ImportKind =
  | 'customers'
  | 'products'
  | 'purchases'
  | 'contacts'
  | 'campaigns'
  | 'campaign_contacts'
  | 'coupons'
  | 'redemptions'
  | 'consents';

/** How a file is written. */
export interface FileOptions {
  format: 'csv' | 'jsonl';
  compression: 'none';
  encoding: 'utf-8' | 'windows-1252';
  delimiter: string;
  quote: string;
  header: boolean;
  decimal: ',' | '.';
  dateOrder: 'dmy' | 'ymd';
}

/** One import to make: a file may be in the list twice, when it says two kinds of thing. */
export interface ManifestEntry {
  file: string;
  source: string;
  kind: ImportKind;
  /** Column of the file → field; columns not named here are not imported. */
  mapping: Record<string, string>;
  options: FileOptions;
  /** Lines of data, bad ones included. */
  rows: number;
}

/** `of` is 0 while the total is not known. */
export type OnProgress = (progress: { file: string; rows: number; of: number }) => void;

/** As the till and the loyalty system write: semicolons, decimal commas, day first. */
export const tillFormat: FileOptions = {
  format: 'csv',
  compression: 'none',
  encoding: 'windows-1252',
  delimiter: ';',
  quote: '"',
  header: true,
  decimal: ',',
  dateOrder: 'dmy',
};
/** As the web shop writes. */
export const webFormat: FileOptions = {
  format: 'csv',
  compression: 'none',
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  header: true,
  decimal: '.',
  dateOrder: 'ymd',
};
/** As the survey tool writes: commas, but dates as the form in Spanish shows them. */
export const surveyFormat: FileOptions = { ...webFormat, dateOrder: 'dmy' };
export const jsonLines: FileOptions = { ...webFormat, format: 'jsonl' };
