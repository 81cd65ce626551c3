import type { Translate } from '@vinculo/languages';
import type { ColumnReport, LinkReport } from './link-task.ts';
import { PHASES } from './link-task.ts';

/** The report as a person reads it, in the order of a linkage. */
export function reportText(report: LinkReport, t: Translate, locale: string): string {
  const say = speaker(t, locale);
  if (report.records < 2) return [...inputs(report, say), say.t('report.alone'), say.t('report.written', { file: report.out })].join('\n');
  return [
    ...inputs(report, say),
    '',
    ...columns(report, say),
    '',
    ...blocking(report, say),
    '',
    ...parameters(report, say),
    '',
    ...outcome(report, say),
    ...(report.explanation ? ['', ...explanation(report.explanation, say)] : []),
    ...(report.truth ? ['', ...truth(report.truth, say)] : []),
    '',
    ...costs(report, say),
  ].join('\n');
}

interface Speaker {
  t: (key: string, params?: Record<string, unknown>) => string;
  n: (value: number) => string;
  /** With so many decimals. */
  d: (value: number, decimals: number) => string;
  share: (value: number) => string;
}

function speaker(t: Translate, locale: string): Speaker {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, useGrouping: 'always' });
  return {
    t: (key, params) => t(`link:${key}`, params) as string,
    n: (value) => whole.format(value),
    d: (value, decimals) => value.toLocaleString(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
    share: (value) => `${(value * 100).toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} %`,
  };
}

function inputs({ files, records, id }: LinkReport, { t, n }: Speaker): string[] {
  const lines = [records === 1 ? t('report.oneRecord') : t('report.records', { records: n(records), count: files.length })];
  for (const file of files) {
    const written = [t(`format.${file.format}`), file.compression === 'gzip' ? 'gzip' : '', file.encoding?.toUpperCase() ?? ''];
    if (file.delimiter) written.push(t('report.delimiter', { delimiter: file.delimiter === '\t' ? '\\t' : file.delimiter }));
    lines.push(
      t('report.file', {
        count: file.records,
        file: file.file,
        written: written.filter(Boolean).join(', '),
        records: n(file.records),
        columns: file.columns,
      }),
    );
    if (file.uneven.rows > 0)
      lines.push(t('report.uneven', { count: file.uneven.rows, rows: n(file.uneven.rows), first: n(file.uneven.first) }));
    if (file.brokenQuotes.rows > 0) {
      const { rows, first } = file.brokenQuotes;
      lines.push(t('report.brokenQuotes', { count: rows, rows: n(rows), first: n(first) }));
    }
  }
  const names = [...new Set(id.columns.filter((name) => name !== null))].join(t('report.id.and'));
  lines.push(t(`report.id.${id.from}`, { column: names }));
  if (id.prefixed) lines.push(t('report.id.prefixed', { label: files[0]!.label }));
  if (id.rejected.length > 0) lines.push(t('report.id.rejected', { columns: id.rejected.join(', ') }));
  return lines;
}

function columns({ columns: all, fields }: LinkReport, { t, n, share }: Speaker): string[] {
  const used = all.filter(({ fields: of, blocks }) => of.length > 0 || blocks);
  const rest = all.filter((column) => !used.includes(column));
  const comparison = new Map(fields.map(({ name, comparison: by }) => [name, by]));
  const because = ({ because: why }: ColumnReport) => t(`because.${why.replace(/\W+/g, '_')}`, { defaultValue: why });
  const meaning = (column: ColumnReport) => (column.meaning === '' ? '' : t(`meaning.${column.meaning}`, { defaultValue: column.meaning }));
  const whyNot = (column: ColumnReport) =>
    column.meaning === 'ignore' || column.meaning === ''
      ? because(column)
      : t('report.noField', { meaning: meaning(column), because: because(column) });
  const lines = [
    t('report.used'),
    ...aligned(
      used.map((column) => [
        column.column,
        meaning(column),
        because(column),
        share(column.filled),
        n(column.distinct),
        column.fields.length > 0 ? column.fields.map((name) => `${name} (${comparison.get(name)})`).join(', ') : t('report.onlyBlocks'),
      ]),
      [t('head.column'), t('head.meaning'), t('head.because'), t('head.filled'), t('head.distinct'), t('head.field')],
      [3, 4],
    ),
  ];
  if (rest.length === 0) return lines;
  return [...lines, t('report.unused'), ...aligned(rest.map((column) => [column.column, whyNot(column)]))];
}

function blocking({ blocking: { rules, candidates, missed }, records }: LinkReport, { t, n, share }: Speaker): string[] {
  const possible = (records * (records - 1)) / 2;
  const lines = [
    t('report.blocking', { candidates: n(candidates), possible: n(possible), share: share(candidates / possible) }),
    ...aligned(
      rules.map(({ rule, newPairs, newEdges, onlyEdges, droppedPairs }) => [
        // What a proposal calls the column that all records have in common.
        rule === 'all' ? t('report.everyPair') : rule,
        n(newPairs),
        n(newEdges),
        n(onlyEdges),
        droppedPairs > 0 ? n(droppedPairs) : '',
      ]),
      [
        t('head.rule'),
        t('head.newPairs'),
        t('head.newEdges'),
        t('head.onlyEdges'),
        rules.some(({ droppedPairs }) => droppedPairs > 0) ? t('head.dropped') : '',
      ],
      [1, 2, 3, 4],
    ),
    ...(missed === undefined ? [] : [t('report.missed', { share: share(missed) })]),
  ];
  return lines;
}

function parameters({ fields, training, settings }: LinkReport, { t, n, d }: Speaker): string[] {
  const small = (value: number): string => (value >= 0.001 ? d(value, 3) : value.toExponential(1).replace('.', d(0.1, 1)[1]!));
  const lines = [t('report.parameters')];
  for (const { name, columns: of, comparison, levels } of fields) {
    lines.push(`  ${name} · ${comparison}${of.length > 1 || of[0] !== name ? ` · ${of.join(' + ')}` : ''}`);
    lines.push(
      ...aligned(
        levels.map(({ is, m, u, bits }) => [
          `  ${is}`,
          `${bits >= 0 ? '+' : '−'}${d(Math.abs(bits), 1)}`,
          `m ${small(m)}`,
          `u ${small(u)}`,
        ]),
        undefined,
        [1],
      ),
    );
  }
  lines.push(t('report.prior', { one: n(1 / training.prior) }));
  const sessions = training.sessions.length;
  if (sessions > 0) lines.push(t(training.converged ? 'report.converged' : 'report.notConverged', { count: sessions }));
  if (training.untrained.length > 0) lines.push(t('report.untrained', { fields: training.untrained.join(', ') }));
  if (settings.savedTo) lines.push(t('report.saved', { file: settings.savedTo }));
  return lines;
}

const MOST_SIZES = 8;

function outcome({ threshold, training, edges, clusters, records, out }: LinkReport, { t, n, d, share }: Speaker): string[] {
  const { probability, chosen, precision, recall, missing } = threshold;
  const shown = clusters.sizes.slice(0, MOST_SIZES).map(({ size, clusters: count }) => `${n(size)}: ${n(count)}`);
  if (clusters.sizes.length > MOST_SIZES) {
    const rest = clusters.sizes.slice(MOST_SIZES).reduce((sum, { clusters: count }) => sum + count, 0);
    shown.push(t('report.more', { size: n(clusters.sizes[MOST_SIZES]!.size), clusters: n(rest) }));
  }
  const refused = Object.entries(edges.refused).map(([reason, count]) => `${t(`refused.${reason}`)} ${n(count)}`);
  return [
    t(`report.threshold.${chosen}`, { threshold: d(probability, 4) }),
    clusters.joined > 0
      ? t('report.expected', { precision: share(precision), recall: share(recall) })
      : t(missing < 0.5 ? 'report.noneExpected' : 'report.noneJoined', { count: Math.round(missing), missing: n(missing) }),
    ...(clusters.joined > 0 && training.untrained.length > 0 ? [t('report.leansOn', { fields: training.untrained.join(', ') })] : []),
    t('report.edges', { count: edges.taken, taken: n(edges.taken), all: n(edges.count) }),
    ...(refused.length > 0 ? [t('report.refused', { reasons: refused.join(', ') })] : []),
    t('report.clusters', {
      count: clusters.joined,
      clusters: n(clusters.count),
      records: n(records),
      joined: n(clusters.joined),
      joinedRecords: n(clusters.joinedRecords),
    }),
    t('report.sizes', { sizes: shown.join(' · ') }),
    ...(clusters.largest.size > 1
      ? [
          t('report.largest', {
            size: n(clusters.largest.size),
            ids: clusters.largest.ids.join(', ') + (clusters.largest.size > clusters.largest.ids.length ? ', …' : ''),
          }),
        ]
      : []),
    t('report.written', { file: out }),
  ];
}

function explanation({ ids, together, pair }: NonNullable<LinkReport['explanation']>, { t, d }: Speaker): string[] {
  const bits = (value: number): string => `${value >= 0 ? '+' : '−'}${d(Math.abs(value), 2)}`;
  return [
    t('report.explain', { left: ids[0], right: ids[1] }),
    ...aligned(
      [
        [t('explain.prior'), '', bits(pair.prior), ''],
        ...pair.terms.map(({ field, label, weight, left, right }) => [
          field === 'household' || field === 'rule' ? t(`explain.${field}`) : field,
          label === 'missing' ? t('explain.missing') : field === 'household' ? '' : label,
          bits(weight),
          left.length === 0 ? '' : `${left.filter(Boolean).join(' ')} | ${right.filter(Boolean).join(' ')}`,
        ]),
        [t('explain.sum'), '', bits(pair.prior + pair.weight), t('explain.probability', { probability: d(pair.probability, 4) })],
      ],
      undefined,
      [2],
    ),
    ...(pair.rule ? [t('explain.byRule', { rule: pair.rule })] : []),
    ...(pair.apart ? [t('explain.apart', { constraint: pair.apart })] : []),
    t(together ? 'explain.together' : 'explain.separate'),
  ];
}

function truth({ from, name, known, edge, pairwise, bcubed }: NonNullable<LinkReport['truth']>, { t, n, d }: Speaker): string[] {
  const row = (label: string, { precision, recall, f1 }: typeof edge) => [label, d(precision, 4), d(recall, 4), d(f1, 4)];
  return [
    t(`report.truth.${from}`, { name, known: n(known) }),
    ...aligned(
      [row(t('truth.edge'), edge), row(t('truth.pairwise'), pairwise), row('B³', bcubed)],
      ['', t('truth.precision'), t('truth.recall'), 'F1'],
      [1, 2, 3],
    ),
  ];
}

function costs({ seconds, peakMegabytes }: LinkReport, { t, n, d }: Speaker): string[] {
  const phases = PHASES.map((phase) => `${t(`phase.${phase}`)} ${d(seconds[phase], 2)} s`);
  return [
    t('report.seconds', { phases: phases.join(' · '), total: d(seconds.total, 2) }),
    t('report.memory', { megabytes: n(peakMegabytes) }),
  ];
}

/** Rows as a table, two spaces between columns; those named in `right` stand to the right. */
function aligned(rows: readonly string[][], head?: readonly string[], right: readonly number[] = []): string[] {
  const all = head ? [[...head], ...rows] : rows;
  const widths = (all[0] ?? []).map((_, k) => Math.max(...all.map((row) => row[k]?.length ?? 0)));
  return all.map((row) =>
    `  ${row.map((cell, k) => (right.includes(k) ? cell.padStart(widths[k]!) : cell.padEnd(widths[k]!))).join('  ')}`.trimEnd(),
  );
}
