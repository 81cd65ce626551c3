// A model is all that decides: records that come one by one, in any order, with changes and withdrawals on the way, end up as a batch
// over all of them says, to the last bit of every weight.
import { describe, expect, it } from 'vitest';
import {
  addRow,
  buildGraph,
  buildIndex,
  cluster,
  clusterRows,
  edgesOf,
  linkNew,
  type LinkGraph,
  type Model,
  modelSchema,
  parseSettings,
  personSettings,
  predict,
  propose,
  relink,
  remove,
  removeRow,
  type Settings,
  type Table,
  tableOf,
  train,
} from './index.ts';
import { seededRandom } from './random.ts';
import { columnNames, peopleTable, simulatePeople } from './simulated-people.fixture.ts';

type Rec = Record<string, string>;

const valuesOf = (table: Table, row: number): Rec =>
  Object.fromEntries(Object.entries(table.columns).map(([name, { codes, values }]) => [name, values[codes[row]!]!]));

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const out = [...list];
  for (let k = out.length - 1; k > 0; k--) {
    const other = Math.floor(random() * (k + 1));
    [out[k], out[other]] = [out[other]!, out[k]!];
  }
  return out;
}

const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)]!;

/** Families that share names, days of birth, doors and telephones, so that much is doubtful and many weights are equal. */
function families(count: number, random: () => number): Rec[] {
  const records: Rec[] = [];
  for (let n = 0; n < count; n++) {
    const home = {
      street: `calle ${pick(['olmo', 'sol', 'real'], random)} ${Math.floor(random() * 9)}`,
      postcode: '28012',
      city: 'madrid',
    };
    const surnames = { surname1: pick(['barrios', 'quiroga', 'garcia'], random), surname2: pick(['pons', 'mesa', 'lago'], random) };
    const phone = `+3461150${Math.floor(random() * 40)}`;
    for (const given of ['luis', 'luis', pick(['eva', 'ivana', 'pepe'], random), pick(['eva', 'jose'], random)]) {
      const person: Rec = {
        given,
        ...surnames,
        birth_date: pick(['1950-03-02', '1979-11-30', '1999-01-12', '1999-12-01'], random),
        mobile: phone,
        email: `${given}.${surnames.surname1}@correo.es`,
        kind: 'person',
        ...home,
      };
      for (let copy = Math.floor(random() * 4); copy >= 0; copy--) {
        const seen = { ...person };
        for (const name of ['surname2', 'birth_date', 'mobile', 'email', 'street', 'postcode']) if (random() < 0.35) seen[name] = '';
        if (random() < 0.1) seen.given = `${given}x`;
        records.push(seen);
      }
    }
  }
  return shuffled(records, random);
}

/** What a shop's list of products looks like: titles that share most of their words. */
function products(count: number, random: () => number): Rec[] {
  return Array.from({ length: count }, () => {
    const model = `kx${100 + Math.floor(random() * (count / 4))}`;
    const words = shuffled(
      ['camara', 'digital', pick(['sony', 'canon', 'nikon'], random), model, pick(['negra', 'plata', 'con zoom'], random)],
      random,
    );
    return {
      title: words.join(' '),
      price: random() < 0.3 ? '' : String(100 + (Number(model.slice(2)) % 50)),
      shop: pick(['norte', 'sur'], random),
    };
  });
}

interface World {
  settings: Settings;
  /** Everybody there will be, each under its number. */
  records: Rec[];
  tableOf(records: readonly Rec[]): Table;
}

const people = (records: readonly Rec[]) => peopleTable(records);

const worlds: Record<string, (random: () => number) => World> = {
  'people in general': (random) => {
    const { records } = simulatePeople(150, Math.floor(random() * 1e6));
    const table = peopleTable(records);
    return { settings: personSettings(), records: records.map((_, row) => valuesOf(table, row)), tableOf: people };
  },
  'families who share everything': (random) => ({ settings: personSettings(), records: families(25, random), tableOf: people }),
  'families, with blocks too large': (random) => ({
    settings: parseSettings({ ...personSettings(), maxBlockPairs: 60 }),
    records: families(25, random),
    tableOf: people,
  }),
  'sources that hold each person once': (random) => ({
    settings: parseSettings({
      ...personSettings(),
      constraints: { ...personSettings().constraints, atMostOnePerSource: 'source', cleanSources: ['s1', 's2'] },
    }),
    records: families(20, random).map((record) => ({ ...record, source: pick(['s1', 's2', 's3'], random) })),
    tableOf: people,
  }),
  'columns that nobody named': (random) => {
    const records = families(40, random).map(({ given, surname1, surname2, birth_date, mobile, street, postcode, city }) => ({
      name: `${given} ${surname1} ${surname2}`.trim(),
      born: birth_date!,
      tel: mobile!,
      address: `${street} ${postcode} ${city}`.trim(),
    }));
    return { settings: propose(tableOf(records)), records, tableOf };
  },
  'products by their words': (random) => {
    const records = products(700, random);
    return { settings: propose(tableOf(records)), records, tableOf };
  },
};

/** A world as a batch sees it, with a model that learned from a part of it, and has been put away as JSON. */
function learned(world: World, random: () => number): Model {
  const some = world.records.filter(() => random() < 0.6);
  return modelSchema.parse(JSON.parse(JSON.stringify(train(world.tableOf(some), world.settings, { seed: 1 }))));
}

const THRESHOLD = 0.8;

function batchOf(world: World, model: Model) {
  const table = world.tableOf(world.records);
  const edges = predict(table, model);
  const { cluster: labels } = cluster(table, edges, model, { threshold: THRESHOLD });
  const found: string[] = [];
  for (let e = 0; e < edges.count; e++)
    if (edges.probability[e]! >= THRESHOLD) found.push(`${edges.a[e]}–${edges.b[e]}: ${edges.weight[e]}`);
  return { edges: found.toSorted(), groups: groupsOf(labels, (row) => row) };
}

function groupsOf(labels: ArrayLike<number>, nameOf: (row: number) => number): string[] {
  const groups = new Map<number, number[]>();
  for (let row = 0; row < labels.length; row++)
    (groups.get(labels[row]!) ?? groups.set(labels[row]!, []).get(labels[row]!)!).push(nameOf(row));
  return [...groups.values()].map((group) => group.toSorted((a, b) => a - b).join(' ')).toSorted();
}

/** Everybody in a graph, some from the beginning, the others in any order; some come wrong first, some twice. */
function arrivals(world: World, model: Model, random: () => number): { graph: LinkGraph; names: Map<number, number> } {
  const order = shuffled([...world.records.keys()], random);
  const known = order.splice(0, Math.floor(order.length * random() * 0.8));
  const graph = buildGraph(world.tableOf(known.map((name) => world.records[name]!)), model, THRESHOLD);
  const names = new Map(known.map((name, row) => [row, name]));
  const asKnown = (name: number): Rec => valuesOf(world.tableOf([world.records[name]!]), 0);
  for (const name of order) {
    if (random() < 0.15)
      removeRow(
        graph,
        addRow(graph, { ...asKnown(pick(order, random)), ...(random() < 0.5 ? { given: 'zoilo', title: 'zz99 nuevo' } : {}) }),
      );
    names.set(addRow(graph, asKnown(name)), name);
    if (random() < 0.1) {
      const again = pick([...names.keys()], random);
      const whose = names.get(again)!;
      removeRow(graph, again);
      names.delete(again);
      names.set(addRow(graph, asKnown(whose)), whose);
    }
  }
  return { graph, names };
}

function linkedUp({ graph, names }: ReturnType<typeof arrivals>) {
  const found: string[] = [];
  const labels = new Map<number, number>();
  // The order of the batch decides between equals.
  const rows = [...names.keys()].toSorted((a, b) => names.get(a)! - names.get(b)!);
  for (const row of rows) {
    for (const { row: other, weight } of edgesOf(graph, row)) {
      if (names.get(row)! < names.get(other)!) found.push(`${names.get(row)}–${names.get(other)}: ${weight}`);
    }
    if (labels.has(row)) continue;
    const component = new Set([row]);
    for (const one of component) for (const { row: other } of edgesOf(graph, one)) component.add(other);
    const part = [...component].toSorted((a, b) => names.get(a)! - names.get(b)!);
    const work = clusterRows(graph, part);
    const clusters = work.cluster(work.edges).cluster;
    part.forEach((one, at) => labels.set(one, names.get(part[clusters[at]!]!)!));
  }
  return {
    edges: found.toSorted(),
    groups: groupsOf(
      rows.map((row) => labels.get(row)!),
      (at) => names.get(rows[at]!)!,
    ),
  };
}

describe.each(Object.keys(worlds))('%s', (name) => {
  it('come one by one, in any order, to the edges and clusters of a batch with the same model', () => {
    for (const seed of [1, 2, 3, 4, 19, 29]) {
      const random = seededRandom(seed * 101);
      const world = worlds[name]!(random);
      const model = learned(world, random);
      const batch = batchOf(world, model);
      expect(batch.edges.length, 'there is something to link').toBeGreaterThan(20);
      const one = linkedUp(arrivals(world, model, random));
      expect(one.edges).toEqual(batch.edges);
      expect(one.groups).toEqual(batch.groups);
    }
  });

  it('weigh the same whatever part of the file is at hand', () => {
    const random = seededRandom(7);
    const world = worlds[name]!(random);
    const model = learned(world, random);
    const half = [...world.records.keys()].filter(() => random() < 0.5);
    const inside = new Set(half);
    const whole = batchOf(world, model).edges.filter((edge) =>
      edge
        .split(':')[0]!
        .split('–')
        .every((row) => inside.has(Number(row))),
    );
    const part = batchOf({ ...world, records: half.map((row) => world.records[row]!) }, model).edges.map((edge) => {
      const [a, b, weight] = /^(\d+)–(\d+): (.*)$/.exec(edge)!.slice(1);
      return `${half[Number(a)]}–${half[Number(b)]}: ${weight}`;
    });
    expect(part.toSorted()).toEqual(whole.toSorted());
  });
});

it('a model that was put away and read again finds the same in its own file', () => {
  const table = peopleTable(simulatePeople(300, 3).records);
  const model = train(table, personSettings(), { seed: 1 });
  const again = modelSchema.parse(JSON.parse(JSON.stringify(model)));
  expect(predict(table, again)).toEqual(predict(table, model));
});

it('holds none of the values it has seen', () => {
  const records = families(30, seededRandom(4));
  const text = JSON.stringify(train(peopleTable(records), personSettings(), { seed: 1 }));
  for (const name of columnNames)
    for (const value of new Set(records.map((record) => record[name] ?? '')))
      if (value.length > 6 && name !== 'kind') expect(text).not.toContain(value);
});

it('an index links one by one as a batch does, and takes back what leaves', () => {
  const random = seededRandom(12);
  const world = worlds['families who share everything']!(random);
  const model = learned(world, random);
  const known = Math.floor(world.records.length / 2);
  const start = world.tableOf(world.records.slice(0, known));
  const index = buildIndex(start, model, cluster(start, predict(start, model), model, { threshold: THRESHOLD }));
  const asKnown = (name: number): Rec => valuesOf(world.tableOf([world.records[name]!]), 0);
  const names = new Map(Array.from({ length: known }, (_, row) => [row, row]));
  for (let name = known; name < world.records.length; name++) {
    if (name % 7 === 0) remove(index, linkNew(index, asKnown(name - 3)).row);
    // Comes wrong first, and is corrected.
    const row =
      name % 5 === 0
        ? relink(index, linkNew(index, { ...asKnown(name), given: 'zoilo' }).row, asKnown(name)).row
        : linkNew(index, asKnown(name)).row;
    names.set(row, name);
  }
  const rows = [...names.keys()];
  expect(
    groupsOf(
      rows.map((row) => index.groups.rootOf(row)),
      (at) => names.get(rows[at]!)!,
    ),
  ).toEqual(batchOf(world, model).groups);
});
