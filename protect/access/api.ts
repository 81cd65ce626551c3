// Shapes shared with the console: zod only, nothing of the server.
import { z } from 'zod';
import { PERMISSIONS, ROLE_NAMES } from './roles.ts';

export { PERMISSIONS, type PermissionName, ROLE_NAMES, type RoleName, ROLES } from './roles.ts';

export const role = z.enum(ROLE_NAMES);
export const permission = z.enum(PERMISSIONS);
const language = z.enum(['es', 'en']);
const theme = z.enum(['light', 'dark', 'auto']);
const instant = z.iso.datetime();

export const email = z.string().trim().toLowerCase().pipe(z.email()).describe('E-mail address; upper and lower case are the same');
/** Long beats complicated (NIST SP 800-63B, 3.1.1.2). */
export const password = z.string().min(10).max(128);
export const personName = z.string().trim().min(1).max(120);

export const setupState = z.object({ needed: z.boolean().describe('True while there is nobody') });

export const setupInput = z.object({
  companyName: z.string().trim().max(120).default(''),
  name: personName,
  email,
  password,
  language: language.optional(),
});
export type SetupInput = z.infer<typeof setupInput>;

export const me = z
  .object({
    kind: z.enum(['user', 'api-key']),
    id: z.string(),
    name: z.string(),
    email: z.string().nullable().describe('Null for an API key'),
    role: z.string().nullable().describe('Null for an API key'),
    permissions: z.array(z.string()),
    language: language.nullable(),
    theme,
    twoFactorEnabled: z.boolean(),
    company: z.object({ name: z.string(), timeZone: z.string(), currency: z.string(), country: z.string(), language }),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof me>;

export const meChange = z.object({ name: personName, language: language.nullable(), theme }).partial();
export type MeChange = z.infer<typeof meChange>;

export const person = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.string(),
    state: z.enum(['active', 'suspended']),
    twoFactorEnabled: z.boolean(),
    lastSeenAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Person' });
export type Person = z.infer<typeof person>;

export const personChange = z.object({ role });

export const passwordLink = z.object({ link: z.string(), expiresAt: instant });

export const invitation = z
  .object({
    id: z.string(),
    email: z.string(),
    role: z.string(),
    state: z.enum(['pending', 'expired']),
    invitedBy: z.string().nullable().describe('Name of who invited'),
    createdAt: instant,
    expiresAt: instant,
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof invitation>;

export const invitationInput = z.object({ email, role, language: language.optional().describe('Of the mail; the company’s by default') });
export type InvitationInput = z.infer<typeof invitationInput>;

export const sentInvitation = invitation
  .extend({ link: z.string().nullable().describe('To be copied and passed on by hand; null when the mail is on its way') })
  .meta({ id: 'SentInvitation' });
export type SentInvitation = z.infer<typeof sentInvitation>;

export const invitationToken = z.object({ token: z.string().min(20).max(200) });
export const invitationFace = z.object({ email: z.string(), role: z.string(), company: z.string(), invitedBy: z.string().nullable() });
export const acceptance = invitationToken.extend({ name: personName, password, language: language.optional() });
export type Acceptance = z.infer<typeof acceptance>;

export const apiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string().describe('How the key begins'),
    scopes: z.array(z.string()),
    createdBy: z.string().nullable().describe('Name of who made it'),
    createdAt: instant,
    lastUsedAt: instant.nullable(),
    expiresAt: instant.nullable(),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKey>;

export const apiKeyInput = z.object({
  name: z.string().trim().min(1).max(80),
  scopes: z.array(permission).min(1),
  expiresAt: instant.nullable().default(null),
});
export type ApiKeyInput = z.infer<typeof apiKeyInput>;

export const newApiKey = apiKey.extend({ key: z.string().describe('The whole key, this once') }).meta({ id: 'NewApiKey' });
export type NewApiKey = z.infer<typeof newApiKey>;

export const roleView = z.object({ name: z.string(), permissions: z.array(z.string()) });
