import { maskField } from '../identity/mask.ts';
import { INVALID } from '../records/corrections.ts';

/** As a reader without personal data sees it; a mail domain is nobody's, and neither is whatever is not valid. */
export const maskValue = (field: string, value: string): string =>
  value.startsWith('@') || value === INVALID ? value : maskField(field, value);
