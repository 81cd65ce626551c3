import { join } from 'node:path';
import { callLine, callerCells } from './call-lines.ts';
import {
  type CustomerTable,
  callerCard,
  cardNumber,
  cardTable,
  surveyAnswer,
  surveyTable,
  webCustomer,
  webTable,
} from './customer-tables.ts';
import { type FileOptions, jsonLines, type OnProgress, webFormat } from './manifest.ts';
import { type CustomerSource, harshNoise } from './noise.ts';
import { drawRelation, makePerson, makeRelative, type Person, type PersonPlan } from './people.ts';
import { randomSource } from './random.ts';
import { type Presence, scatter } from './scatter.ts';
import { type TableFile, tableFile } from './table-file.ts';
import { weighted } from './weighted.ts';

export const loadFiles: Record<CustomerSource, string> = {
  tarjeta: 'tarjeta-clientes.csv',
  'tienda-web': 'web-clientes.csv',
  centralita: 'centralita-llamadas.jsonl',
  encuestas: 'encuestas.csv',
};
const keys: Record<CustomerSource, (n: number) => string> = {
  tarjeta: cardNumber,
  'tienda-web': webCustomer,
  centralita: callerCard,
  encuestas: surveyAnswer,
};
const tables: Record<Exclude<CustomerSource, 'centralita'>, CustomerTable> = {
  tarjeta: cardTable,
  'tienda-web': webTable,
  encuestas: surveyTable,
};
const sources = Object.keys(loadFiles) as CustomerSource[];

// Which sources a person is in, as bits in the order of `sources`: from one to all four, 2.3 on average.
const presences: Presence[] = Array.from({ length: 16 }, (_, bits) =>
  Object.fromEntries(sources.filter((_, n) => bits & (1 << n)).map((source) => [source, true])),
);
const drawPresence = weighted([0, 14, 9, 9, 5, 9, 8, 7, 5, 9, 6, 6, 4, 6, 4, 8]);
/** Households of more than one known person. */
const SHARED_HOMES = 0.14;

/** Writes `rows` customer records over the four sources, and who they truly are; returns how many each source got. */
export async function writeLoadCustomers(
  folder: string,
  rows: number,
  seed: number,
  today: number,
  onProgress?: OnProgress,
): Promise<Record<CustomerSource, number>> {
  const options: Record<CustomerSource, FileOptions> = {
    tarjeta: cardTable.options,
    'tienda-web': webTable.options,
    centralita: jsonLines,
    encuestas: surveyTable.options,
  };
  const open = (source: CustomerSource): TableFile =>
    tableFile(join(folder, loadFiles[source]), options[source], source === 'centralita' ? [] : tables[source].columns);
  const out: Record<CustomerSource, TableFile> = {
    tarjeta: open('tarjeta'),
    'tienda-web': open('tienda-web'),
    centralita: open('centralita'),
    encuestas: open('encuestas'),
  };
  const truth = tableFile(join(folder, 'truth.csv'), webFormat, ['source', 'key', 'person']);

  const random = randomSource(seed, 1);
  const write = (person: Person, first?: Person): void => {
    for (const declaration of scatter(random, person, presences[drawPresence(random)]!, harshNoise, today, first)) {
      if (truth.rows === rows) return;
      const { source } = declaration;
      const file = out[source];
      const key = keys[source](file.rows + 1);
      if (source === 'centralita') {
        file.line(
          callLine(
            random,
            `LL${file.rows + 1}`,
            callerCells(random, key, declaration),
            declaration.created,
            random.between(32_400, 72_000),
          ),
        );
      } else file.cells(tables[source].cells(random, key, declaration));
      truth.line(`${source},${key},${person.id}`);
    }
  };

  let serial = 0;
  while (truth.rows < rows) {
    const plan: PersonPlan = { serial: ++serial, today, history: harshNoise.history };
    const first = makePerson(random, plan);
    write(first);
    if (random.chance(SHARED_HOMES)) {
      const relation = drawRelation(random, first, today);
      write(makeRelative(random, first, relation, { ...plan, serial: ++serial }), first);
    }
    if ((serial & 0xfff) < 2) {
      await out.tarjeta.breathe();
      onProgress?.({ file: 'truth.csv', rows: truth.rows, of: rows });
    }
  }
  for (const file of [...Object.values(out), truth]) file.close();
  onProgress?.({ file: 'truth.csv', rows: truth.rows, of: rows });
  return {
    tarjeta: out.tarjeta.rows,
    'tienda-web': out['tienda-web'].rows,
    centralita: out.centralita.rows,
    encuestas: out.encuestas.rows,
  };
}
