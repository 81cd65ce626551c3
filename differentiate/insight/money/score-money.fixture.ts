// Only the steps that profit is made of: tests that score many times need no forecast.
import { contactsStep } from '../scores/contacts.ts';
import { linesStep } from '../scores/lines.ts';
import { ordersStep } from '../scores/orders.ts';
import type { TestShop } from '../shop.fixture.ts';
import { profitStep } from './score.ts';

export async function scoreMoney({ context }: TestShop): Promise<void> {
  const { currency, timeZone } = await context.settings.get();
  const scoring = { at: new Date(), currency, timeZone, signal: new AbortController().signal };
  for (const step of [linesStep, contactsStep, ordersStep, profitStep]) await step.run(context, scoring);
}
