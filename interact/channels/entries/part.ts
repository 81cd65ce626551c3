// Contacts as they are written down, whatever the channel. Composed in ../index.ts.
import type { FeaturePart } from '@vinculo/http';
import type { JobDefinition } from '@vinculo/jobs';
import { tellEntries } from './tell-entries.ts';

export const part: FeaturePart = {
  jobs: (context) => {
    // Whoever writes an entry tells of it at once; this is for those that a killed process left.
    const tell: JobDefinition<unknown> = {
      name: 'contact.tell',
      schedule: '* * * * *',
      exclusive: 'contact.tell',
      passing: true,
      retries: 3,
      run: async () => {
        const told = await tellEntries(context);
        return told > 0 ? { told } : null;
      },
    };
    return [tell] as JobDefinition<never>[];
  },
};
