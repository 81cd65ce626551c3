import { parseSettings, type Settings } from './settings.ts';

/**
 * Settings for people with Spanish names, for the columns `given`, `given_root` (short forms resolved: pepe → jose),
 * `surname1`, `surname2`, `birth_date` (YYYY-MM-DD), `national_id`, `email`, `phone`, `mobile`, `street` (with number),
 * `postcode`, `city`, `kind`; all normalised, folded, empty where missing. Columns that a table lacks are left out of account.
 */
export function personSettings(): Settings {
  return parseSettings({
    version: 1,
    fields: [
      { name: 'given', columns: ['given', 'given_root'], comparison: 'name' },
      { name: 'surnames', columns: ['surname1', 'surname2'], comparison: 'surname-pair', shared: true },
      { name: 'birth_date', columns: ['birth_date'], comparison: 'date' },
      { name: 'national_id', columns: ['national_id'], comparison: 'id' },
      { name: 'phone', columns: ['phone', 'mobile'], comparison: 'phone', shared: true },
      { name: 'email', columns: ['email'], comparison: 'email', shared: true },
      { name: 'address', columns: ['street', 'postcode', 'city'], comparison: 'address', shared: true },
    ],
    blocking: [
      { keys: [{ column: 'national_id' }] },
      { keys: [{ column: 'email' }] },
      { keys: [{ column: ['phone', 'mobile'] }] },
      { keys: [{ column: 'birth_date' }, { column: 'given_root' }] },
      { keys: [{ column: 'birth_date' }, { column: ['surname1', 'surname2'] }] },
      { keys: [{ column: 'given_root' }, { column: 'surname1' }, { column: 'surname2' }] },
      { keys: [{ column: 'given_root' }, { column: ['surname1', 'surname2'] }, { column: 'postcode' }] },
      { keys: [{ column: 'street' }, { column: 'given_root' }] },
    ],
    rules: [{ name: 'same national id', equal: ['national_id'], unless: ['given', 'birth_date'] }],
    constraints: {
      conflictingIds: ['national_id'],
      mustAgree: ['kind'],
      apart: [
        { name: 'different given name', when: { given: ['different'] }, unlessEqual: ['national_id'] },
        { name: 'born a generation apart', when: { birth_date: ['apart'] }, unlessEqual: ['national_id'] },
        { name: 'another person under the same id', when: { given: ['different'], birth_date: ['different', 'apart'] } },
      ],
    },
    threshold: 'auto',
  });
}

/** Settings for companies: `company` (folded name), `national_id` (tax id), `phone`, `mobile`, `email`, `street`, `postcode`, `city`, `kind`. */
export function companySettings(): Settings {
  return parseSettings({
    version: 1,
    fields: [
      { name: 'company', columns: ['company'], comparison: 'company' },
      { name: 'national_id', columns: ['national_id'], comparison: 'id' },
      { name: 'phone', columns: ['phone', 'mobile'], comparison: 'phone' },
      { name: 'email', columns: ['email'], comparison: 'email' },
      { name: 'address', columns: ['street', 'postcode', 'city'], comparison: 'address' },
    ],
    blocking: [
      { keys: [{ column: 'national_id' }] },
      { keys: [{ column: 'email' }] },
      { keys: [{ column: ['phone', 'mobile'] }] },
      { keys: [{ column: 'company', transform: 'core' }, { column: 'postcode' }] },
      { keys: [{ column: 'company', transform: 'core' }, { column: 'city' }] },
      { keys: [{ column: 'company', transform: 'prefix:8' }] },
      { keys: [{ column: 'street' }, { column: 'postcode' }] },
    ],
    rules: [{ name: 'same tax id', equal: ['national_id'], unless: ['company', 'address'] }],
    constraints: { conflictingIds: ['national_id'], mustAgree: ['kind'] },
    threshold: 'auto',
  });
}
