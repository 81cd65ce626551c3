// What the life cycle needs of a scoring, and no more.
import { copyToDesk } from '../scores/copy-to-desk.ts';
import { STEPS } from '../scores/steps.ts';
import type { TestShop } from '../shop.fixture.ts';

const NEEDED = ['lines', 'profiles', 'contacts', 'orders', 'value', 'life_cycle'];

export async function scoreLifeCycle({ context }: TestShop, at = new Date()): Promise<void> {
  const { currency, timeZone } = await context.settings.get();
  const { signal } = new AbortController();
  for (const step of STEPS) if (NEEDED.includes(step.name)) await step.run(context, { at, currency, timeZone, signal });
  await copyToDesk(context, signal);
}
