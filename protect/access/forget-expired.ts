import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';

/** Sessions, tokens and invitations that no longer open anything are deleted; invitations stay a month, so that the list can say what became of them. */
export async function forgetExpired({ db }: Store): Promise<{ sessions: number; tokens: number; invitations: number }> {
  const sessions = await sql`delete from person_session where expires_at < now()`.execute(db);
  const tokens = await sql`delete from person_verification where expires_at < now()`.execute(db);
  const invitations = await sql`delete from invitation where expires_at < now() - interval '30 days'`.execute(db);
  return {
    sessions: Number(sessions.numAffectedRows ?? 0n),
    tokens: Number(tokens.numAffectedRows ?? 0n),
    invitations: Number(invitations.numAffectedRows ?? 0n),
  };
}
