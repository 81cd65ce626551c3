// What the life cycle needs of a scoring, and no more.
import { copyToDesk } from '../scores/copy-to-desk.ts';
import { ordersStep } from '../scores/orders.ts';
import { valueStep } from '../scores/value.ts';
import type { TestShop } from '../shop.fixture.ts';
import { lifeCycleStep } from './score.ts';

export async function scoreLifeCycle({ context }: TestShop, at = new Date()): Promise<void> {
  const { currency, timeZone } = await context.settings.get();
  const { signal } = new AbortController();
  for (const step of [ordersStep, valueStep, lifeCycleStep]) await step.run(context, { at, currency, timeZone, signal });
  await copyToDesk(context, signal);
}
