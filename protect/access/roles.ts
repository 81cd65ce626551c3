/** Every permission there is, in the order it is shown. Their words are in the `access` catalogue, `permission.<name>`. */
export const PERMISSIONS = [
  'customer.read',
  'customer.read_personal',
  'customer.write',
  'customer.merge',
  'customer.export',
  'review.read',
  'review.decide',
  'source.read',
  'source.write',
  'import.run',
  'connection.read',
  'connection.write',
  'contact.write',
  'value.read',
  'value.write',
  'segment.write',
  'board.write',
  'query.run',
  'note.write',
  'job.read',
  'job.manage',
  'settings.read',
  'settings.write',
  'people.manage',
  'api_key.manage',
  'audit.read',
] as const;

export type PermissionName = (typeof PERMISSIONS)[number];

/** What each role may do. `customer.read` without `customer.read_personal` sees e-mails, phones, ids and addresses masked. */
export const ROLES = {
  owner: PERMISSIONS,
  admin: PERMISSIONS,
  marketing: [
    'customer.read',
    'customer.read_personal',
    'customer.write',
    'customer.export',
    'review.read',
    'review.decide',
    'value.read',
    'value.write',
    'segment.write',
    'board.write',
    'source.read',
    'source.write',
    'import.run',
    'connection.read',
    'contact.write',
    'job.read',
    'note.write',
  ],
  sales: ['customer.read', 'customer.read_personal', 'customer.write', 'contact.write', 'value.read', 'note.write'],
  service: [
    'customer.read',
    'customer.read_personal',
    'customer.write',
    'contact.write',
    'value.read',
    'review.read',
    'review.decide',
    'note.write',
  ],
  product: ['customer.read', 'value.read'],
  fulfilment: ['customer.read', 'customer.read_personal'],
  analyst: ['customer.read', 'review.read', 'review.decide', 'value.read', 'segment.write', 'board.write', 'query.run', 'source.read'],
} as const satisfies Record<string, readonly PermissionName[]>;

export type RoleName = keyof typeof ROLES;
export const ROLE_NAMES = Object.keys(ROLES) as [RoleName, ...RoleName[]];

const sets = new Map(Object.entries(ROLES).map(([role, permissions]) => [role, new Set<string>(permissions)]));

/** The permissions of a role; none for a role that no longer exists. */
export function permissionsOf(role: string): ReadonlySet<string> {
  return sets.get(role) ?? new Set();
}
