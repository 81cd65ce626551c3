import { randomBytes } from 'node:crypto';
import { conflict, fail, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { translator } from '@vinculo/languages';
import { type Actor, newId, SYSTEM, type Transaction } from '@vinculo/postgres';
import { hashPassword } from 'better-auth/crypto';
import { sql } from 'kysely';
import type { Acceptance, Invitation, InvitationInput, SentInvitation } from './api.ts';
import { hashOf } from './hash.ts';
import { insertPerson, lockPeople, mayTouchRole } from './queries.ts';
import type { RoleName } from './roles.ts';

const DAYS = 7;

interface InvitationRow {
  id: string;
  email: string;
  role: RoleName;
  invited_by: string | null;
  created_at: Date;
  expires_at: Date;
}

/** Those neither accepted nor revoked, latest first. */
export async function listInvitations({ store }: Context): Promise<Invitation[]> {
  const { rows } = await sql<InvitationRow>`${OPEN} order by i.created_at desc limit 500`.execute(store.db);
  return rows.map(toView);
}

/**
 * Asks someone in by mail.
 *
 * @throws VIN_USER_CONFLICT if they are already in. VIN_INVITATION_CONFLICT if they were already asked.
 */
export async function invite(context: Context, actor: Actor, input: InvitationInput): Promise<SentInvitation> {
  return context.store.transaction(actor, async (tx) => {
    await lockPeople(tx);
    await mayTouchRole(tx, actor, input.role);
    const { rows: known } = await sql`select from person where email = ${input.email}`.execute(tx);
    if (known.length > 0) {
      throw conflict('user', {
        es: 'Ya hay una persona con ese correo. Cámbiale el rol en la lista de personas.',
        en: 'There is already a person with that e-mail. Change their role in the list of people.',
      });
    }
    // An invitation nobody used in time makes room for a new one.
    await sql`update invitation set revoked_at = now()
               where email = ${input.email} and accepted_at is null and revoked_at is null and expires_at <= now()`.execute(tx);
    const { rows: open } = await sql`
      select from invitation where email = ${input.email} and accepted_at is null and revoked_at is null`.execute(tx);
    if (open.length > 0) {
      throw conflict('invitation', {
        es: 'Ya hay una invitación pendiente para ese correo. Vuelve a enviarla o retírala antes.',
        en: 'There is already a pending invitation for that e-mail. Send it again or withdraw it first.',
      });
    }
    const id = newId();
    const token = newToken();
    await sql`
      insert into invitation (id, email, role, token_hash, invited_by, expires_at)
      values (${id}, ${input.email}, ${input.role}, ${hashOf(token)},
              ${actor.kind === 'user' ? actor.id : null}, now() + make_interval(days => ${DAYS}))`.execute(tx);
    await tx.emit('invitation.sent', { kind: 'invitation', id }, { email: input.email, role: input.role });
    return deliver(context, tx, id, token, input.language);
  });
}

/** Sends it once more, with a new link and a new term; the old link stops working. */
export async function resendInvitation(context: Context, actor: Actor, id: string): Promise<SentInvitation> {
  return context.store.transaction(actor, async (tx) => {
    await mayTouchRole(tx, actor, (await open(tx, id)).role);
    const token = newToken();
    await sql`
      update invitation set token_hash = ${hashOf(token)}, expires_at = now() + make_interval(days => ${DAYS})
       where id = ${id}`.execute(tx);
    await tx.emit('invitation.resent', { kind: 'invitation', id }, {});
    return deliver(context, tx, id, token);
  });
}

export async function revokeInvitation({ store }: Context, actor: Actor, id: string): Promise<void> {
  await store.transaction(actor, async (tx) => {
    await open(tx, id);
    await sql`update invitation set revoked_at = now() where id = ${id}`.execute(tx);
    await tx.emit('invitation.revoked', { kind: 'invitation', id }, {});
  });
}

/**
 * What the person invited sees before accepting.
 *
 * @throws VIN_ACCESS_INVITATION_EXPIRED if the token is unknown, used, withdrawn or too old.
 */
export async function lookAtInvitation({ store, settings }: Context, token: string) {
  const { rows } = await sql<InvitationRow>`${OPEN} and i.token_hash = ${hashOf(token)} and i.expires_at > now()`.execute(store.db);
  const found = rows[0];
  if (!found) throw fail('VIN_ACCESS_INVITATION_EXPIRED');
  const { companyName } = await settings.get();
  return { email: found.email, role: found.role, company: companyName, invitedBy: found.invited_by };
}

/**
 * Makes the person, once.
 *
 * @returns the e-mail to sign in with.
 * @throws VIN_ACCESS_INVITATION_EXPIRED
 */
export async function acceptInvitation({ store }: Context, input: Acceptance): Promise<string> {
  const passwordHash = await hashPassword(input.password);
  return store.transaction(SYSTEM, async (tx) => {
    await lockPeople(tx);
    const { rows } = await sql<{ id: string; email: string; role: RoleName }>`
      update invitation set accepted_at = now()
       where token_hash = ${hashOf(input.token)} and accepted_at is null and revoked_at is null and expires_at > now()
      returning id, email, role`.execute(tx);
    const found = rows[0];
    if (!found) throw fail('VIN_ACCESS_INVITATION_EXPIRED');
    const person = await insertPerson(tx, { ...found, name: input.name, language: input.language ?? null, passwordHash });
    await tx.emit('invitation.accepted', { kind: 'invitation', id: found.id }, { person, role: found.role });
    return found.email;
  });
}

const OPEN = sql`
  select i.id, i.email, i.role, p.name as invited_by, i.created_at, i.expires_at
    from invitation i
    left join person p on p.id = i.invited_by
   where i.accepted_at is null and i.revoked_at is null`;

async function open(tx: Transaction, id: string): Promise<InvitationRow> {
  const { rows } = await sql<InvitationRow>`${OPEN} and i.id = ${id} for update of i`.execute(tx);
  if (!rows[0]) throw notFound('invitation', id);
  return rows[0];
}

/** Queues the mail; without an SMTP server the link goes back to whoever invites, to pass on by hand. */
async function deliver(
  { mail, settings, config }: Context,
  tx: Transaction,
  id: string,
  token: string,
  language?: 'es' | 'en',
): Promise<SentInvitation> {
  const row = await open(tx, id);
  const company = await settings.get();
  const link = `${config.publicUrl}/invitation?token=${token}`;
  const to = language ?? company.language;
  const name = company.companyName || new URL(config.publicUrl).host;
  await mail.send(tx, {
    to: row.email,
    template: 'invitation',
    language: to,
    data: { link, company: name, inviter: tx.actor.name, role: translator(to)(`access:role.${row.role}`), days: DAYS },
  });
  return { ...toView(row), link: mail.configured ? null : link };
}

const newToken = () => randomBytes(32).toString('base64url');

function toView(row: InvitationRow): Invitation {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    state: row.expires_at > new Date() ? 'pending' : 'expired',
    invitedBy: row.invited_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  };
}
