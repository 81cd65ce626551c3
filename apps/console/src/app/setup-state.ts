import { call } from '../api/client.ts';

/** Whether nobody has been created yet, so that the first person to come makes the owner. */
export async function needsSetup(): Promise<boolean> {
  const { needed } = await call<{ needed: boolean }>({ path: '/setup' });
  return needed;
}
