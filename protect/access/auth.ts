import type { Context } from '@vinculo/http';
import { newId, SYSTEM } from '@vinculo/postgres';
import { APIError } from 'better-auth/api';
import { betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { resetLink, RESET_MINUTES, sendPasswordMail } from './password-mail.ts';

const DAY = 24 * 60 * 60;
/** Set by us from the connection, so that no client can say it is somewhere else. */
export const IP_HEADER = 'x-vinculo-ip';

export type Auth = ReturnType<typeof createAuth>;

/**
 * better-auth over our own tables: passwords, sessions and the second factor. Invitations, roles and API keys are ours.
 * Limits and the cross-site check are platform/http's, for every route alike, so its own are off.
 */
export function createAuth(context: Context) {
  const { config, store, log } = context;
  const times = { createdAt: 'created_at', updatedAt: 'updated_at' };

  return betterAuth({
    appName: 'Vínculo',
    baseURL: config.publicUrl,
    basePath: '/api/auth',
    secret: config.secret,
    database: { db: store.db, type: 'postgres', transaction: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    // Its messages may carry an address as an argument; only the sentence is kept.
    logger: { level: 'error', log: (_level, message) => log.warn({ from: 'better-auth' }, message) },
    user: {
      modelName: 'person',
      fields: { ...times, emailVerified: 'email_verified' },
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        language: { type: 'string', required: false, input: false },
        theme: { type: 'string', required: false, input: false },
        suspendedAt: { type: 'date', required: false, input: false, fieldName: 'suspended_at' },
      },
    },
    session: {
      modelName: 'person_session',
      fields: { ...times, userId: 'user_id', ipAddress: 'ip_address', userAgent: 'user_agent', expiresAt: 'expires_at' },
      expiresIn: 14 * DAY,
      updateAge: DAY,
    },
    account: {
      modelName: 'person_credential',
      fields: {
        ...times,
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
      },
    },
    verification: {
      modelName: 'person_verification',
      fields: { ...times, expiresAt: 'expires_at' },
      storeIdentifier: 'hashed',
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
      resetPasswordTokenExpiresIn: RESET_MINUTES * 60,
      revokeSessionsOnPasswordReset: true,
      // Not awaited: a known address must not take longer to answer than an unknown one.
      sendResetPassword: async ({ user, token }) => {
        void sendPasswordMail(context, user, 'reset-password', resetLink(config, token)).catch((error: unknown) =>
          log.error({ err: error }, 'a reset mail could not be queued'),
        );
      },
      onPasswordReset: async ({ user }) => {
        await sendPasswordMail(context, user, 'password-changed', config.publicUrl);
        await store.transaction({ ...SYSTEM, kind: 'user', id: user.id, name: user.name }, (tx) =>
          tx.emit('user.password_changed', { kind: 'user', id: user.id }, { by: 'link' }),
        );
      },
    },
    plugins: [
      twoFactor({
        issuer: 'Vínculo',
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'person_two_factor',
            fields: {
              backupCodes: 'backup_codes',
              userId: 'user_id',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const { rows } = await store.pool.query<{ suspended: boolean }>(
              'select suspended_at is not null as suspended from person where id = $1',
              [session.userId],
            );
            if (rows[0]?.suspended !== false) throw new APIError('FORBIDDEN', { code: 'SUSPENDED', message: 'This person is suspended' });
          },
        },
      },
    },
    advanced: {
      cookiePrefix: 'vinculo',
      useSecureCookies: config.secureCookies,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      database: { generateId: () => newId() },
      ipAddress: { ipAddressHeaders: [IP_HEADER] },
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
  });
}
