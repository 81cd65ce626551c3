import type { Config } from '@vinculo/config';
import type { Context } from '@vinculo/http';
import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';

export const RESET_MINUTES = 60;

export function resetLink(config: Pick<Config, 'publicUrl'>, token: string): string {
  return `${config.publicUrl}/reset-password?token=${encodeURIComponent(token)}`;
}

/** Queues a mail about a person's password, in their language. */
export async function sendPasswordMail(
  { store, mail, settings, config }: Context,
  { id, name, email }: { id: string; name: string; email: string },
  template: 'reset-password' | 'password-changed',
  link: string,
): Promise<void> {
  const company = await settings.get();
  await store.transaction(SYSTEM, async (tx) => {
    const { rows } = await sql<{ language: 'es' | 'en' | null }>`select language from person where id = ${id}`.execute(tx);
    await mail.send(tx, {
      to: email,
      template,
      language: rows[0]?.language ?? company.language,
      data: { link, name, company: company.companyName || new URL(config.publicUrl).host, minutes: RESET_MINUTES },
    });
  });
}
