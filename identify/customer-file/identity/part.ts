// Who the records are: unification and what it found. Composed in ../index.ts.
import type { FeaturePart } from '../index.ts';
import { routes } from './routes.ts';
import { type Unify, unify } from './unify.ts';

export const part: FeaturePart = {
  routes,
  jobs: (context) => [
    {
      name: 'identity.unify',
      retries: 2,
      exclusive: 'identity',
      run: (input: Unify, job) => unify(context, input, job),
    },
  ],
};
