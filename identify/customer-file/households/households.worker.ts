// The thread that forms households of everybody.
import { serveThread } from '@vinculo/threads';
import { type DecidedPersons, householdTable } from './household-table.ts';

const table = householdTable(1 << 16);

const methods = {
  addPeople: (bytes: Uint8Array) => table.addPeople(bytes),
  addMembers: (bytes: Uint8Array) => table.addMembers(bytes),
  addGivenNames: (names: readonly (readonly [number, string])[]) => table.addGivenNames(names),
  form: (decisions: readonly DecidedPersons[]) => table.form(decisions),
  lines: () => table.lines(),
};

export type HouseholdThread = typeof methods;

serveThread(methods);
