import { useTranslation } from 'react-i18next';
import { Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import type { Group } from './needs-words.ts';

const SHOWN = 3;

/** The customers nearest to the middle of a group: who one of them is. */
export function Typical({ customers }: { customers: Group['typical'] }) {
  const { t } = useTranslation();
  if (customers.length === 0) return null;
  return (
    <Text size="sm" c="dimmed" component="div">
      {t('needs:typical')}:{' '}
      {customers.slice(0, SHOWN).map(({ id, name }, i) => (
        <span key={id}>
          {i > 0 && ', '}
          <Link to="/customers/$id" params={{ id }} search={{ tab: 'value' }} size="sm">
            {name}
          </Link>
        </span>
      ))}
    </Text>
  );
}
