import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../app/session.ts';
import { useFormat } from '../../ui/format.ts';
import { Box, Select, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { usePhone } from '../../ui/screen-size.ts';
import { useImportWords } from '../imports/import-words.ts';
import { fieldsWorstFirst, measured, type QualityField } from './quality-figures.ts';
import classes from './quality.module.css';
import type { Measure } from './search.ts';

/** Widths of the first column and of each source, at least; a source may take twice as much. */
const FIELD_PX = 190;
const SOURCE_PX = 110;

interface HeatTableProps {
  fields: readonly QualityField[];
  measure: Measure;
}

/** Fields down, sources across, a percentage in each cell; the colour repeats the number: the more is wrong, the stronger. */
export function HeatTable({ fields, measure }: HeatTableProps) {
  const phone = usePhone();
  const names = fieldsWorstFirst(fields);
  const sources = [...new Map(fields.map((cell) => [cell.sourceId, cell])).values()].map(({ sourceId, sourceLabel, records }) => ({
    id: sourceId,
    label: sourceLabel,
    records,
  }));
  const at = new Map(fields.map((cell) => [`${cell.sourceId} ${cell.field}`, cell]));
  const cellOf = (source: string, field: string) => at.get(`${source} ${field}`);
  const view = { names, sources, cellOf, measure };
  return phone ? <OneSource {...view} /> : <AllSources {...view} />;
}

interface View {
  names: string[];
  sources: { id: string; label: string; records: number }[];
  cellOf: (source: string, field: string) => QualityField | undefined;
  measure: Measure;
}

function AllSources({ names, sources, cellOf, measure }: View) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const words = useImportWords();
  return (
    <Box className={classes.scroll!} tabIndex={0} role="region" aria-label={t('quality:table.all')}>
      <table
        className={classes.heat}
        style={{ minWidth: FIELD_PX + sources.length * SOURCE_PX, maxWidth: FIELD_PX + sources.length * SOURCE_PX * 2 }}
      >
        <thead>
          <tr>
            <th scope="col">{t('quality:table.field')}</th>
            {sources.map(({ id, label, records }) => (
              <th key={id} scope="col">
                {can('customer.read') ? (
                  <Link to="/customers" search={{ source: id }} c="inherit" size="sm" fw={600}>
                    {label}
                  </Link>
                ) : (
                  label
                )}
                <span>{t('quality:table.records', { count: records, shown: format.number(records) })}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((field) => (
            <tr key={field}>
              <th scope="row">{words.field(field)}</th>
              {sources.map(({ id }) => (
                <HeatCell key={id} cell={cellOf(id, field)} measure={measure} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  );
}

/** On a telephone one source at a time. */
function OneSource({ names, sources, cellOf, measure }: View) {
  const { t } = useTranslation();
  const words = useImportWords();
  const [chosen, setChosen] = useState(sources[0]?.id);
  const id = chosen ?? '';
  return (
    <>
      <Select
        label={t('quality:table.source')}
        value={id}
        onChange={(next) => next && setChosen(next)}
        data={sources.map((source) => ({ value: source.id, label: source.label }))}
      />
      <table className={classes.heat}>
        <tbody>
          {names.map((field) => (
            <tr key={field}>
              <th scope="row">{words.field(field)}</th>
              <HeatCell cell={cellOf(id, field)} measure={measure} />
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function HeatCell({ cell, measure }: { cell: QualityField | undefined; measure: Measure }) {
  const { t } = useTranslation();
  const format = useFormat();
  const value = cell ? measured(cell, measure) : null;
  if (!cell || value === null) {
    return (
      <td className={classes.nothing}>
        <span title={t('quality:table.nothing')}>–</span>
      </td>
    );
  }
  const both = t('quality:table.both', { complete: format.percent(cell.completeness), valid: format.percent(cell.validity) });
  return (
    <td style={{ background: `color-mix(in srgb, var(--v-worse) ${Math.round((1 - value) * 38)}%, transparent)` }} title={both}>
      {format.percent(value)}
      {measure === 'grade' && cell.completeness > 0 && cell.validity <= 0.995 && (
        <Text span size="xs" className={classes.wrong}>
          {t('quality:table.wrong', { share: format.percent(1 - cell.validity, 0) })}
        </Text>
      )}
    </td>
  );
}
