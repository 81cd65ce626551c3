import type { Feature } from '@vinculo/http';
import { createAuth } from './auth.ts';
import { authRoutes } from './auth-routes.ts';
import { authenticator } from './authenticate.ts';
import { forgetExpired } from './forget-expired.ts';
import { makeLocalKey } from './local-key.ts';
import { PERMISSIONS } from './roles.ts';
import { accessRoutes } from './routes.ts';

export { PERMISSIONS, type PermissionName, permissionsOf, ROLE_NAMES, type RoleName, ROLES } from './roles.ts';
export { createApiKey } from './api-keys.ts';
export { needsSetup, setUp } from './set-up.ts';

/** Sign-in, people, roles, permissions, API keys. */
export const feature: Feature = {
  name: 'access',
  migrations: new URL('./migrations/', import.meta.url),
  permissions: PERMISSIONS.map((name) => ({ name })),
  async routes(app, context) {
    const auth = createAuth(context);
    app.setAuthenticator(authenticator(auth, context.store, await makeLocalKey(context.config.dataFolder)));
    authRoutes(app, auth, context);
    accessRoutes(app, auth, context);
  },
  jobs: ({ store }) => [{ name: 'access.forget-expired', schedule: '43 3 * * *', run: () => forgetExpired(store) }],
};
