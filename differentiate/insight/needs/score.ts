import { replaceTable } from '../scores/replace-table.ts';
import type { ScoreStep } from '../scores/score-step.ts';
import { assignCustomers } from './assign-customers.ts';
import { findingInForce } from './finding-in-force.ts';

/** The group of each buyer, by the centres in force. Learning new ones is a job of its own: `needs.find`. */
export const needsStep: ScoreStep = {
  name: 'needs',
  after: ['value', 'contacts'],
  async run(context, scoring) {
    const finding = await findingInForce(context.store);
    if (finding) await assignCustomers(context, finding, scoring);
    else await replaceTable(context.warehouse, 'customer_needs', async () => {});
  },
};
