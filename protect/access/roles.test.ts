import { describe, expect, it } from 'vitest';
import { permissionsOf, ROLE_NAMES } from './roles.ts';

const holders = (permission: string) => ROLE_NAMES.filter((role) => permissionsOf(role).has(permission));

describe('roles', () => {
  it('whoever decides how to treat a customer sees what the customer is worth; who packs the parcel does not', () => {
    expect(holders('value.read')).toEqual(['owner', 'admin', 'marketing', 'sales', 'service', 'product', 'analyst']);
  });
  it('only those who work with people by name see their personal data', () => {
    expect(holders('customer.read_personal')).toEqual(['owner', 'admin', 'marketing', 'sales', 'service', 'fulfilment']);
  });
  it('a role that no longer exists may do nothing', () => {
    expect(permissionsOf('intern').size).toBe(0);
  });
});
