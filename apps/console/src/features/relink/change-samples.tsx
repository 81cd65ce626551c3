import type { RelinkSample } from '@vinculo/customer-file/api/relink';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useRecordKey } from '../../app/record-key.ts';
import { useFormat } from '../../ui/format.ts';
import { IconChevronDown, IconChevronRight } from '../../ui/icons.ts';
import { Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { Waterfall } from '../customers/waterfall.tsx';
import classes from '../duplicates/duplicates.module.css';
import { RecordsSideBySide } from './records-side-by-side.tsx';
import { useLinkageWords } from './use-linkage-words.ts';

type Sample = z.infer<typeof RelinkSample>;

/** Examples of who would join or part; each opens to its records side by side, and why. */
interface SamplesProps {
  samples: Sample[];
  joining: boolean;
  /** A likelier pair that does not join is kept apart by something else. */
  threshold: number;
}

export function ChangeSamples({ samples, joining, threshold }: SamplesProps) {
  const { t } = useTranslation();
  return (
    <ul className={classes.groups} aria-label={t(joining ? 'linkage:change.joinSamples' : 'linkage:change.partSamples')}>
      {samples.map((sample, n) => (
        <SampleRow key={n} sample={sample} joining={joining} threshold={threshold} />
      ))}
    </ul>
  );
}

function SampleRow({ sample: { sides, pair }, joining, threshold }: { sample: Sample; joining: boolean; threshold: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useLinkageWords();
  const keyWords = useRecordKey();
  const [open, setOpen] = useState(false);
  const Sign = open ? IconChevronDown : IconChevronRight;
  const forbidden = !joining && pair !== null && pair.probability >= threshold;
  const apart = pair?.apart ? words.apart(pair.apart) : forbidden ? t('linkage:change.apartOther') : null;
  const nameOfSide = ({ name }: Sample['sides'][number]) => name || t('linkage:change.newCustomer');
  const name = t('linkage:change.and', { left: nameOfSide(sides[0]!), right: sides[1] ? nameOfSide(sides[1]) : '' });
  const labels = new Map(
    sides.flatMap(({ records }) => records.map(({ id, sourceLabel, key }) => [id, `${sourceLabel} ${keyWords(key)}`])),
  );
  return (
    <li className={classes.group}>
      <div className={classes.head}>
        <button
          type="button"
          className={classes.toggle}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          aria-label={`${t('linkage:change.open')}: ${name}`}
        >
          <Sign size={16} aria-hidden />
        </button>
        <div className={classes.name}>
          {sides.map((side, n) => (
            <Text key={n} size="sm" span>
              {n > 0 && ' · '}
              {side.customerId ? (
                <Link to="/customers/$id" params={{ id: side.customerId }} search={{ tab: 'identity' }} fw={500} c="inherit">
                  {nameOfSide(side)}
                </Link>
              ) : (
                nameOfSide(side)
              )}{' '}
              <Text span size="xs" c="dimmed">
                {t('linkage:change.sampleRecords', { count: side.of })}
              </Text>
            </Text>
          ))}
        </div>
        {pair && (
          <Text size="sm" className={classes.doubt}>
            {apart ? t('linkage:change.apart', { rule: apart }) : format.percent(pair.probability, 1)}
          </Text>
        )}
      </div>
      {open && (
        <Stack gap="md" className={classes.records}>
          <RecordsSideBySide sides={sides} newCustomer={t('linkage:change.newCustomer')} />
          {pair && (
            <div>
              <Text size="sm" fw={600}>
                {t(joining ? 'linkage:change.whyJoin' : 'linkage:change.whyPart')}
              </Text>
              {apart && <Text size="sm">{t('linkage:change.apart', { rule: apart })}</Text>}
              <Waterfall pair={pair} nameOf={(record) => labels.get(record) ?? record} />
            </div>
          )}
        </Stack>
      )}
    </li>
  );
}
