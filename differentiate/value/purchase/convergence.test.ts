import { expect, it } from 'vitest';
import { simulatedWorlds } from './worlds.ts';

it('forty simulated worlds, from a hundred customers to five thousand: no fit fails', () => {
  for (const { name, failure } of simulatedWorlds(40, 1)) expect(failure, name).toBeUndefined();
});
