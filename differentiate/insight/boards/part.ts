// What boards bring to the server. Composed in ../index.ts.
import type { FeaturePart } from '@vinculo/http';
import { SYSTEM } from '@vinculo/postgres';
import { warmBoards } from './board-results.ts';
import { makeReadyMade } from './ready-made.ts';
import { routes } from './routes.ts';
import { askDue, type SendBoard, sendBoard } from './send-board.ts';

export const part: FeaturePart = {
  routes,
  start: makeReadyMade,
  jobs: (context) => [
    {
      name: 'board.warm',
      retries: 1,
      exclusive: 'board.warm',
      run: (_input: Record<string, never>, job) => warmBoards(context, SYSTEM, job.signal),
    },
    {
      name: 'board.due',
      schedule: '* * * * *',
      exclusive: 'board.due',
      passing: true,
      run: async () => {
        const due = await askDue(context);
        return due.mails > 0 ? due : null;
      },
    },
    { name: 'board.send', retries: 3, run: (input: SendBoard) => sendBoard(context, input) },
  ],
  handlers: (context) => ({
    'customers.scored': async (_event, tx) => void (await context.jobs.enqueue('board.warm', {}, { actor: SYSTEM, tx, key: 'board.warm' })),
  }),
};
