// The API's words as types; no schema of the server is carried into the browser.
import type * as api from '@vinculo/customer-file/api/imports';
import type { z } from 'zod';

export type ImportKind = z.infer<typeof api.ImportKind>;
export type FileOptions = z.infer<typeof api.FileOptions>;
export type ColumnMapping = z.infer<typeof api.ColumnMapping>;
export type ProposedColumn = z.infer<typeof api.ProposedColumn>;
export type Upload = z.infer<typeof api.Upload>;
export type Preview = z.infer<typeof api.Preview>;
export type PreviewRow = Preview['rows'][number];
export type Import = z.infer<typeof api.Import>;
export type ImportError = z.infer<typeof api.ImportError>;
export type FieldInfo = z.infer<typeof api.FieldInfo>;

export const IMPORT_KINDS: readonly ImportKind[] = [
  'customers',
  'purchases',
  'products',
  'contacts',
  'campaigns',
  'campaign_contacts',
  'coupons',
  'redemptions',
  'consents',
  'account_facts',
];
