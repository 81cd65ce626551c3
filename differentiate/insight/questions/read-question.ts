// A person's SQL, made safe to run: one SELECT over the documented views and nothing else.
//
// Five walls, each of which would do alone in most cases:
//  1. The engine's own parser writes the text anew (formatQuery): one statement, no comments, or it is refused.
//  2. Of that text's syntax tree only known kinds of nodes, tables and functions are let through; what is new is refused.
//  3. That tree keeps quiet about what stands in OVER (…) and APPLY (…), and about functions that are named without being
//     called: the tree the engine will analyse has them all, and is asked for before anything in it is computed.
//  4. The engine says which tables the names lead to (explain query tree), and only the views may be among them.
//  5. It runs as a subquery of ours, read-only and bounded in time, memory and rows.
import { z } from 'zod';
import { fail, VinculoError } from '@vinculo/errors';
import { STRINGS_AND_COMMENTS, type Warehouse } from '@vinculo/warehouse';
import type { QuestionParameter } from '../api/questions.ts';
import { type KnownFunctions, knownFunctions } from './functions.ts';
import { isView } from './views.ts';

export type Parameter = z.infer<typeof QuestionParameter>;

export interface SafeQuestion {
  /** Canonical: one SELECT, fit to stand in parentheses. */
  sql: string;
  params: Record<string, unknown>;
}

/** Of the analysis itself, which may already compute scalar subqueries. */
const ANALYSIS = { joined_subquery_requires_alias: 0, max_execution_time: 10, max_memory_usage: 512 * 1024 * 1024 };
const TYPES = { text: 'String', number: 'Float64', date: 'Date', list: 'Array(String)' } as const;

const NODES = new Set([
  'SelectWithUnionQuery',
  'SelectIntersectExceptQuery',
  'SelectQuery',
  'ExpressionList',
  'Identifier',
  'Function',
  'Literal',
  'Asterisk',
  'QualifiedAsterisk',
  'ColumnsRegexpMatcher',
  'ColumnsListMatcher',
  'ColumnsTransformerList',
  'ColumnsApplyTransformer',
  'ColumnsExceptTransformer',
  'ColumnsReplaceTransformer',
  'ColumnsReplaceTransformer::Replacement',
  'Subquery',
  'TablesInSelectQuery',
  'TablesInSelectQueryElement',
  'TableExpression',
  'TableIdentifier',
  'TableJoin',
  'ArrayJoin',
  'WithElement',
  'OrderByElement',
  'StorageOrderByElement',
  'WindowDefinition',
  'WindowListElement',
  'InterpolateElement',
  'QueryParameter',
  'AliasedFunction',
]);
const TABLE_FUNCTIONS = new Set(['numbers', 'generate_series', 'generateseries', 'values']);
const IN = /^(global)?(not)?(null)?in(ignoreset)?$/i;

/**
 * @throws VIN_QUESTION_SYNTAX what the parser or the analysis says of it.
 * @throws VIN_QUESTION_NOT_ALLOWED anything but reading the views.
 * @throws VIN_QUESTION_PARAMETER a parameter without a value, or one that is no number or date.
 */
export async function readQuestion(warehouse: Warehouse, text: string, parameters: readonly Parameter[]): Promise<SafeQuestion> {
  const { sql: typed, params } = withParameters(text, parameters);
  const [row] = await told(warehouse.rows<{ sql: string }>('select formatQuerySingleLine({text:String}) as sql', { text: typed }));
  const sql = row!.sql;
  checkText(sql, params);
  const tree = await told(warehouse.rows<{ explain: string }>(`select explain from (explain ast ${sql})`, params, { settings: ANALYSIS }));
  await checkTree(
    warehouse,
    tree.map(({ explain }) => explain),
  );
  const asked = await told(
    warehouse.rows<{ explain: string }>(`select explain from (explain query tree run_passes = 0 ${sql})`, params, { settings: ANALYSIS }),
  );
  checkAsked(
    asked.map(({ explain }) => explain),
    await knownFunctions(warehouse),
  );
  const resolved = await told(
    warehouse.rows<{ explain: string }>(`select explain from (explain query tree ${sql})`, params, { settings: ANALYSIS }),
  );
  checkResolved(resolved.map(({ explain }) => explain));
  return { sql, params };
}

/** {{period}} becomes a bound parameter of its type; inside quotes it is text like any other. */
function withParameters(text: string, parameters: readonly Parameter[]): SafeQuestion {
  const params: Record<string, unknown> = {};
  const parts = text.split(new RegExp(`(${STRINGS_AND_COMMENTS.source})`));
  const sql = parts
    .map((part, n) =>
      n % 2 === 1
        ? part
        : part.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => {
            const parameter = parameters.find((one) => one.name.toLowerCase() === name.toLowerCase());
            if (!parameter) throw fail('VIN_QUESTION_PARAMETER', { name });
            params[`q_${parameter.name}`] = valueOf(parameter);
            return `{q_${parameter.name}:${TYPES[parameter.type]}}`;
          }),
    )
    .join('');
  return { sql, params };
}

function valueOf({ name, type, value }: Parameter): unknown {
  switch (type) {
    case 'text':
      return value;
    case 'list':
      return value
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean);
    case 'number': {
      const number = Number(value.replace(',', '.'));
      if (value.trim() === '' || !Number.isFinite(number)) throw fail('VIN_QUESTION_PARAMETER', { name });
      return number;
    }
    case 'date':
      if (!z.iso.date().safeParse(value).success) throw fail('VIN_QUESTION_PARAMETER', { name });
      return value;
  }
}

/** In the parser's own writing there are no comments, and what is quoted is quoted one way. */
function checkText(sql: string, params: Record<string, unknown>): void {
  const bare = sql.replace(/'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/g, "''");
  if (!/^(SELECT|WITH|\()/.test(bare)) throw refused({ es: 'solo se puede leer, con SELECT', en: 'only reading is possible, with SELECT' });
  const clause = /\b(INTO OUTFILE|FORMAT|SETTINGS|INTO)\b/.exec(bare);
  if (clause) throw refused({ es: `no se admite ${clause[1]}`, en: `${clause[1]} is not admitted` });
  if (/[;$]/.test(bare)) throw refused({ es: 'solo se admite una consulta', en: 'only one query is admitted' });
  const own = new Set(Object.keys(params));
  for (const [, name = '', type = ''] of bare.matchAll(/\{\s*(\w+)\s*:\s*([^}]*)\}/g))
    if (!own.has(name) || !(Object.values(TYPES) as string[]).includes(type.trim()))
      throw refused({ es: `escribe los parámetros así: {{${name}}}`, en: `write parameters like this: {{${name}}}` });
}

interface Node {
  depth: number;
  kind: string;
  /** What it says of itself: the name of a table or a function. */
  name: string;
}

/** Lines of `explain ast`: depth by indent, kind, name, and how many children. */
function parsed(line: string): Node {
  const depth = line.length - line.trimStart().length;
  const [, kind = '', rest = ''] = /^([\w:]+)(?:\s(.*))?$/s.exec(line.trim()) ?? [];
  return { depth, kind, name: rest.replace(/ ?\((children \d+|alias .*)\).*$/s, '').trim() };
}

async function checkTree(warehouse: Warehouse, lines: readonly string[]): Promise<void> {
  const functions = await knownFunctions(warehouse);
  const here = await warehouse.rows<{ name: string }>('select name from system.tables where database = currentDatabase()');
  const tables = new Set(here.map(({ name }) => name.toLowerCase()));
  const nodes = lines.filter((line) => line.trim() !== '').map(parsed);
  if (!['SelectWithUnionQuery', 'SelectIntersectExceptQuery'].includes(nodes[0]?.kind ?? ''))
    throw refused({ es: 'solo se puede leer, con SELECT', en: 'only reading is possible, with SELECT' });
  const above: Node[] = [];
  for (const node of nodes) {
    while (above.length > 0 && above.at(-1)!.depth >= node.depth) above.pop();
    checkNode(node, above, functions, tables);
    above.push(node);
  }
}

function checkNode(node: Node, above: readonly Node[], functions: KnownFunctions, tables: ReadonlySet<string>): void {
  if (!NODES.has(node.kind)) throw refused({ es: `no se admite ${node.kind}`, en: `${node.kind} is not admitted` });
  const parent = above.at(-1);
  if (node.kind === 'TableIdentifier') checkTable(node.name, tables);
  // `x in purchase` reads a table without FROM.
  if (
    node.kind === 'Identifier' &&
    parent?.kind === 'ExpressionList' &&
    IN.test(above.at(-2)?.name ?? '') &&
    above.at(-2)?.kind === 'Function'
  ) {
    if (tables.has(node.name.toLowerCase()) && !isView(node.name)) throw noTable(node.name);
    if (node.name.includes('.') && /^(system|information_schema|vinculo|default)\./i.test(node.name)) throw noTable(node.name);
  }
  if (node.kind !== 'Function') return;
  if (parent?.kind === 'TableExpression') {
    if (!TABLE_FUNCTIONS.has(node.name.toLowerCase())) throw noFunction(node.name);
  } else if (!functions.allows(node.name)) throw noFunction(node.name);
}

/** A view, or a name that is no table at all: then it is one given in WITH, or the engine does not find it. */
function checkTable(name: string, tables: ReadonlySet<string>): void {
  // What a SELECT without FROM reads, as the engine itself writes it: one row of nothing.
  if (isView(name) || name === 'system.one') return;
  if (!/^\w+$/.test(name) || tables.has(name.toLowerCase())) throw noTable(name);
}

/**
 * Lines of `explain query tree run_passes = 0`: every function that would be computed, wherever it stands. Each mention in a line
 * counts, so that an alias which reads like one hides nothing.
 */
function checkAsked(lines: readonly string[], functions: KnownFunctions): void {
  for (const line of lines) {
    for (const [, name = ''] of line.matchAll(/(?<!\w)function_name: ([^\s,]+)/g)) if (!functions.allows(name)) throw noFunction(name);
    for (const [, name = ''] of line.matchAll(/(?<!\w)identifier: ([^\s,]+)/g)) if (functions.refuses(name)) throw noFunction(name);
  }
}

/** Lines of `explain query tree`: what the names came to mean. */
function checkResolved(lines: readonly string[]): void {
  for (const line of lines) {
    const [, table] = /\btable_name: ([^\s,]+)/.exec(line) ?? [];
    if (table && !isView(table.split('.').at(-1)!.replaceAll('`', ''))) {
      // numbers() and the like are tables of the system that hold nothing.
      if (!/^(system\.(numbers|one)|_temporary_and_external_tables\.)/.test(table)) throw noTable(table);
    }
    const [, functionName] = /\btable_function_name: (\w+)/.exec(line) ?? [];
    if (functionName && !TABLE_FUNCTIONS.has(functionName.toLowerCase())) throw noFunction(functionName);
  }
}

const refused = (reason: { es: string; en: string }) => fail('VIN_QUESTION_NOT_ALLOWED', { reason });
const noTable = (name: string) =>
  refused({
    es: `«${name}» no se puede leer. Usa las vistas de la lista, que empiezan por v_`,
    en: `"${name}" cannot be read. Use the views of the list, which begin with v_`,
  });
const noFunction = (name: string) =>
  refused({ es: `la función ${name} no se admite aquí`, en: `the function ${name} is not admitted here` });

/** The engine's errors as a person of SQL wants them: its sentence, without its codes. */
export async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw inWords(error);
  }
}

export function inWords(error: unknown): unknown {
  if (error instanceof VinculoError) return error.code === 'VIN_WAREHOUSE_MEMORY' ? fail('VIN_QUESTION_MEMORY', {}, error) : error;
  if (!(error instanceof Error)) return error;
  if (error.name === 'AbortError') return error;
  const { message } = error;
  if (/TIMEOUT_EXCEEDED|Timeout exceeded/.test(message)) return fail('VIN_QUESTION_TIMEOUT', {}, error);
  if (/MEMORY_LIMIT/i.test(message)) return fail('VIN_QUESTION_MEMORY', {}, error);
  if (error instanceof TypeError) return error;
  const reason = message
    .replace(/^.*?DB::Exception: /s, '')
    .replace(/\s*\([A-Z_]+\)\s*(\(version.*)?$/s, '')
    .replace(/: In scope .*$/s, '')
    // Every word that could have stood there instead: pages of them, which help nobody.
    .replace(/\.? Expected one of:.*$/s, '')
    .replace(/\s+/g, ' ')
    .slice(0, 500)
    .replace(/[\s.]+$/, '');
  return fail('VIN_QUESTION_SYNTAX', { reason }, error);
}
