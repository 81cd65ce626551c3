import type { DuplicateGroup } from '@vinculo/customer-file/api/identity';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { usePage } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconChevronDown, IconChevronRight } from '../../ui/icons.ts';
import { Button, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import classes from './duplicates.module.css';
import { GroupRecords } from './group-records.tsx';

export type Group = z.infer<typeof DuplicateGroup>;
const PAGE = 10;

/** Customers made of several records, the most doubtful first; each opens to its records, side by side. */
export function DoubtfulGroups() {
  const { t } = useTranslation();
  const groups = usePage<Group>('/duplicates/groups', { limit: PAGE });
  if (groups.error) return <ErrorNote error={groups.error} retry={groups.retry} />;
  if (groups.loading) return <RowSkeletons rows={6} />;
  if (groups.rows.length === 0) return <Text size="sm">{t('duplicates:groups.none')}</Text>;
  return (
    <>
      <ul className={classes.groups} aria-label={t('duplicates:groups.title')}>
        {groups.rows.map((group) => (
          <GroupRow key={group.customerId} group={group} />
        ))}
      </ul>
      {groups.more && (
        <Button variant="default" size="xs" onClick={groups.fetchMore} loading={groups.fetchingMore} style={{ alignSelf: 'center' }}>
          {t('common:more')}
        </Button>
      )}
    </>
  );
}

function GroupRow({ group }: { group: Group }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { customerId, name, records, weakest } = group;
  const Sign = open ? IconChevronDown : IconChevronRight;
  const sources = [...new Set(records.map(({ sourceLabel }) => sourceLabel))];
  return (
    <li className={classes.group}>
      <div className={classes.head}>
        <button
          type="button"
          className={classes.toggle}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          aria-label={t('duplicates:groups.compare', { name })}
        >
          <Sign size={16} aria-hidden />
        </button>
        <div className={classes.name}>
          <Link to="/customers/$id" params={{ id: customerId }} search={{ tab: 'identity' }} fw={500} c="inherit">
            {name}
          </Link>
          <Text size="xs" c="dimmed">
            {t('duplicates:groups.records', { count: records.length, sources: format.list(sources) })}
          </Text>
        </div>
        <Text size="sm" className={classes.doubt} title={t('duplicates:definition.weakest')}>
          {t('duplicates:groups.weakest', { share: format.percent(Math.floor(weakest * 1000) / 1000, 1) })}
        </Text>
      </div>
      {open && <GroupRecords group={group} />}
    </li>
  );
}
