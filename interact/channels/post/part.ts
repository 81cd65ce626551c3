// What was written, by mail, post or fax: the tray, the register, its scans. Composed in ../index.ts.
import type { FeaturePart } from '@vinculo/http';
import type { JobDefinition } from '@vinculo/jobs';
import { cleanDocuments } from './clean-documents.ts';
import { routes } from './routes.ts';
import { makeScanFolders } from './scan-folders.ts';

export const part: FeaturePart = {
  routes,
  start: ({ config }) => makeScanFolders(config),
  jobs: (context) => {
    const clean: JobDefinition<unknown> = { name: 'letter.clean', schedule: '10 4 * * *', run: () => cleanDocuments(context) };
    return [clean] as JobDefinition<never>[];
  },
};
