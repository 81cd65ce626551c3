import { useTranslation } from 'react-i18next';
import { useRecordKey } from '../../app/record-key.ts';
import { useFormat } from '../../ui/format.ts';
import { Checkbox } from '../../ui/kit.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { useLinkageWords } from '../relink/use-linkage-words.ts';
import type { Cluster } from './cluster.tsx';

interface RecordsProps {
  records: Cluster['records'];
  chosen: string[];
  onChosen: (records: string[]) => void;
  mayChoose: boolean;
}

const FIELDS = ['national_id', 'birth_date', 'email', 'mobile', 'phone', 'city'];

/** The records, to look at and to choose those that are somebody else's. */
export function ClusterRecords({ records, chosen, onChosen, mayChoose }: RecordsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useLinkageWords();
  const keyWords = useRecordKey();
  // A masked date stays as it is.
  const shown = (value: string) => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? format.date(value) : value);
  const fields = FIELDS.filter((field) => records.some(({ values }) => values[field]));
  const toggle = (id: string) => onChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <SimpleTable
      caption={t('linkage:cluster.records')}
      rows={records}
      rowId={({ id }) => id}
      columns={[
        {
          id: 'record',
          header: t('linkage:cluster.record'),
          cell: ({ id, name, sourceLabel, key }) =>
            mayChoose ? (
              <Checkbox
                size="sm"
                label={`${name} · ${sourceLabel} ${keyWords(key)}`}
                checked={chosen.includes(id)}
                onChange={() => toggle(id)}
              />
            ) : (
              `${name} · ${sourceLabel} ${keyWords(key)}`
            ),
        },
        ...fields.map((field) => ({
          id: field,
          header: words.heading(field),
          cell: ({ values }: Cluster['records'][number]) => shown(values[field] ?? ''),
        })),
      ]}
    />
  );
}
