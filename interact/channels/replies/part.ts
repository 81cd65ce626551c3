// Coupons and paper forms. Composed in ../index.ts.
import type { FeaturePart } from '@vinculo/http';
import type { JobDefinition } from '@vinculo/jobs';
import { type IssueInput, makeCodes } from './issue-codes.ts';
import { routes } from './routes.ts';
import { tellReplies } from './tell-replies.ts';
import { withdrawLeft } from './undo-replies.ts';

export const part: FeaturePart = {
  routes,
  jobs: (context) => {
    const issue: JobDefinition<IssueInput> = {
      name: 'reply.issue',
      exclusive: 'reply.issue',
      retries: 5,
      run: (input, job) => makeCodes(context, input, job),
    };
    // Whoever scans a coupon tells of it at once; this is for what a killed process left.
    const tell: JobDefinition<unknown> = {
      name: 'reply.tell',
      schedule: '* * * * *',
      exclusive: 'reply.tell',
      passing: true,
      retries: 3,
      run: async () => {
        const told = await tellReplies(context);
        const left = await withdrawLeft(context);
        return told + left > 0 ? { told, left } : null;
      },
    };
    return [issue, tell] as JobDefinition<never>[];
  },
};
