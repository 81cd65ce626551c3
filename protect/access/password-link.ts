import type { Context } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import { generateRandomString } from 'better-auth/crypto';
import type { Auth } from './auth.ts';
import { RESET_MINUTES, resetLink } from './password-mail.ts';
import { touch } from './people.ts';

/**
 * A link to choose a new password, to pass on by hand: for installations without mail, and for people who lost theirs.
 * It is the same single-use token the mail would carry; a second factor is still asked for afterwards.
 */
export async function makePasswordLink(
  context: Context,
  auth: Auth,
  actor: Actor,
  id: string,
): Promise<{ link: string; expiresAt: string }> {
  const expiresAt = new Date(Date.now() + RESET_MINUTES * 60_000);
  await context.store.transaction(actor, async (tx) => {
    await touch(tx, actor, id);
    await tx.emit('user.password_link_made', { kind: 'user', id }, {});
  });
  const token = generateRandomString(32);
  const { internalAdapter } = await auth.$context;
  await internalAdapter.createVerificationValue({ value: id, identifier: `reset-password:${token}`, expiresAt });
  return { link: resetLink(context.config, token), expiresAt: expiresAt.toISOString() };
}
