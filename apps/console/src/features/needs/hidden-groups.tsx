import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { Card } from '../../ui/board-page.tsx';
import { Button, Group as Row, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { customersOf, type Group } from './needs-words.ts';

/** Groups nobody wants to see for now, and the way back. */
export function HiddenGroups({ groups }: { groups: readonly Group[] }) {
  const { t } = useTranslation();
  const may = useCan()('segment.write');
  const show = useSend<string>((id) => ({ path: `/needs-groups/${id}/show` }), { refreshes: ['/needs-groups'] });
  if (groups.length === 0) return null;
  return (
    <Card title={t('needs:hide.hidden', { count: groups.length })} span={12}>
      {groups.map(({ id, name, customers }) => (
        <Row key={id} gap="md">
          <Link {...customersOf(id)} size="sm">
            {name}
          </Link>
          <Text size="sm" c="dimmed">
            {t('needs:customers_count', { count: customers, value: customers })}
          </Text>
          {may && (
            <Button size="compact-sm" variant="subtle" aria-label={`${t('needs:hide.show')}: ${name}`} onClick={() => show.mutate(id)}>
              {t('needs:hide.show')}
            </Button>
          )}
        </Row>
      ))}
    </Card>
  );
}
