import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { IconArrowRight, IconCheck } from '../../ui/icons.ts';
import { Group, Text } from '../../ui/kit.ts';
import { Link, type Target } from '../../ui/link.tsx';
import classes from './needs.module.css';
import type { View } from './home.tsx';

/** What waits for somebody, most pressing first; each leads to where it is done. */
export function Needs({ needs }: { needs: View['needs'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (needs.length === 0) {
    return (
      <Group gap="sm" c="dimmed" wrap="nowrap">
        <IconCheck size={16} aria-hidden />
        <Text size="sm">{t('home:needs.nothing')}</Text>
      </Group>
    );
  }
  return (
    <ul className={classes.list}>
      {needs.map(({ key, count, to }) => (
        <li key={key}>
          <Link plain {...targetOf(to)} className={classes.need!}>
            <span>{t(`home:needs.${key}`, { count, shown: format.number(count) })}</span>
            <IconArrowRight size={16} aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** `/customers?group=new` as a link of the router. */
function targetOf(address: string): Target {
  const [to = '/', words = ''] = address.split('?');
  return { to, search: Object.fromEntries(new URLSearchParams(words)) };
}
