import { useTranslation } from 'react-i18next';
import { List } from '../../ui/kit.ts';
import type { HookMessage } from './schemas.ts';

/** Why something could not be taken, one sentence each. */
export function Reasons({ reasons }: { reasons: HookMessage['reasons'] }) {
  const { t } = useTranslation();
  if (reasons.length === 0) return null;
  return (
    <List size="sm" listStyleType="none">
      {reasons.slice(0, 5).map(({ where, reason, value }) => (
        <List.Item key={`${where} ${reason} ${value}`}>{t(`webhooks:reason.${reason}`, { where: where || '–', value })}</List.Item>
      ))}
    </List>
  );
}
