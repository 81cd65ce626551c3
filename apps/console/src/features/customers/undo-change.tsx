import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { Button, Text } from '../../ui/kit.ts';

/** Takes a change of identity back, or says that it was. */
export function UndoChange({ change }: { change: { id: string; kind: string; undone: boolean } }) {
  const { t } = useTranslation();
  const can = useCan();
  const undo = useSend<void, void>(() => ({ path: `/identity-changes/${change.id}/undo` }), { refreshes: ['/customers'] });
  if (change.undone) {
    return (
      <Text size="xs" c="dimmed">
        {t('customers:identity.wasUndone')}
      </Text>
    );
  }
  if (change.kind === 'undone' || !can('customer.merge')) return null;
  return (
    <Button size="compact-xs" variant="subtle" loading={undo.isPending} onClick={() => undo.mutate()}>
      {t('common:undo')}
    </Button>
  );
}
