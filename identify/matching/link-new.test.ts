import { describe, expect, it } from 'vitest';
import { buildIndex, cluster, linkNew, lookup, personSettings, predict, relink, remove, train } from './index.ts';
import { peopleTable, type Person, simulatePeople } from './simulated-people.fixture.ts';

const population = simulatePeople(800, 21);
const whole = peopleTable(population.records);
const model = train(whole, personSettings(), { seed: 1 });
const threshold = 0.9;

function indexOf(records: readonly Person[]) {
  const table = peopleTable(records);
  return buildIndex(table, model, cluster(table, predict(table, model), model, { threshold }));
}

/** A record as the index takes it: with its root, as the table has it. */
function asRecord(person: Person): Record<string, string> {
  const { columns } = peopleTable([person]);
  return Object.fromEntries(Object.entries(columns).map(([name, { codes, values }]) => [name, values[codes[0]!]!]));
}

describe('linkNew', () => {
  it('one by one comes to the clusters of the batch', () => {
    const batch = cluster(whole, predict(whole, model), model, { threshold }).cluster;
    const known = Math.floor(whole.rows * 0.8);
    const index = indexOf(population.records.slice(0, known));
    for (const person of population.records.slice(known)) linkNew(index, asRecord(person));
    // Rows are numbered as in the batch, and a cluster is called by its lowest row in both.
    let different = 0;
    for (let row = 0; row < whole.rows; row++) {
      const members = index.groups.members(index.groups.rootOf(row));
      if (Math.min(...members) !== batch[row]) different++;
    }
    expect(different / whole.rows).toBeLessThan(0.005);
  });

  it('reports the cluster, the edges and whose cluster changed', () => {
    const rosa: Person = { given: 'rosa', surname1: 'arizmendi', surname2: 'ugarte', birth_date: '1970-05-06' };
    const index = indexOf([
      ...population.records,
      { ...rosa, mobile: '+34611000111' },
      { ...rosa, birth_date: '', surname2: '', email: 'rosa.ariz@correo.es' },
    ]);
    const [first, second] = [whole.rows, whole.rows + 1];
    expect(index.groups.rootOf(first)).not.toBe(index.groups.rootOf(second));
    const linked = linkNew(index, asRecord({ ...rosa, mobile: '+34611000111', email: 'rosa.ariz@correo.es' }));
    expect(linked.row).toBe(whole.rows + 2);
    expect(linked.cluster).toBe(first);
    expect(linked.changed).toEqual([{ row: second, before: second, after: first }]);
    expect(linked.edges.map(({ row }) => row)).toEqual(expect.arrayContaining([first, second]));
  });

  it('a record that comes twice joins itself', () => {
    const index = indexOf(population.records);
    const stranger = asRecord({
      given: 'zenobia',
      surname1: 'ochagavia',
      surname2: 'urrutikoetxea',
      birth_date: '1933-01-02',
      mobile: '+34600999888',
    });
    const one = linkNew(index, stranger);
    expect(one.cluster).toBe(one.row);
    expect(linkNew(index, stranger).cluster).toBe(one.row);
  });

  it('late evidence can part what a bridge held together', () => {
    const index = indexOf(population.records);
    const ana: Person = { given: 'ana', surname1: 'ochagavia', surname2: 'ugarte', birth_date: '1990-05-17', mobile: '+34600999888' };
    const one = linkNew(index, asRecord(ana));
    const bridge = linkNew(index, asRecord(ana));
    expect(bridge.cluster).toBe(one.row);
    const changed = relink(index, bridge.row, asRecord({ ...ana, given: 'lucia', mobile: '+34600999777' }));
    expect(changed.cluster).toBe(changed.row);
    expect(remove(index, one.row)).toEqual([]);
  });
});

describe('lookup', () => {
  it('finds a known person by a mistyped record, explains, and changes nothing', () => {
    const index = indexOf(population.records);
    const row = population.records.findIndex(({ mobile, birth_date, surname2 }) => mobile && birth_date && surname2);
    const person = population.records[row]!;
    const before = index.rows;
    const [best] = lookup(index, asRecord({ ...person, surname1: `${person.surname1}x`, email: '' }));
    expect(population.truth[best!.row]).toBe(population.truth[row]);
    expect(best!.probability).toBeGreaterThan(0.9);
    expect(best!.explanation.terms.length).toBeGreaterThan(0);
    expect(index.rows).toBe(before);
    expect(lookup(index, { given: 'nobody', surname1: 'atall' })).toEqual([]);
  });
});
