// What this part of the customer file brings to the server. Composed in ../index.ts.
import type { JobDefinition } from '@vinculo/jobs';
import type { FeaturePart } from '@vinculo/http';
import { cleanImports } from './clean-imports.ts';
import { importRoutes } from './import-routes.ts';
import { runImport } from './run-import.ts';
import { sourceRoutes } from './source-routes.ts';
import { uploadRoutes } from './upload-routes.ts';

export const part: FeaturePart = {
  routes(app, context) {
    sourceRoutes(app, context);
    uploadRoutes(app, context);
    importRoutes(app, context);
  },
  jobs: (context) => {
    const run: JobDefinition<{ importId: string }> = {
      name: 'import.run',
      // One at a time: each already keeps the machine busy, and two of one source would get in each other's way.
      exclusive: 'import',
      run: ({ importId }, job) => runImport(context, importId, job),
    };
    const clean: JobDefinition<object> = { name: 'import.clean', schedule: '40 3 * * *', run: () => cleanImports(context) };
    return [run, clean] as JobDefinition<never>[];
  },
};
