import { useTranslation } from 'react-i18next';
import { Group } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';

/** Out to other systems, or in from them: two lists under one link of the rail. */
export function WaySwitch({ way }: { way: 'out' | 'in' }) {
  const { t } = useTranslation();
  return (
    <Group gap={4} role="navigation" aria-label={t('webhooks:way.label')}>
      {(['out', 'in'] as const).map((one) => (
        <LinkButton
          key={one}
          to={one === 'out' ? '/webhooks' : '/hooks'}
          size="xs"
          variant={one === way ? 'light' : 'subtle'}
          color={one === way ? undefined : 'gray'}
        >
          {t(`webhooks:way.${one}`)}
        </LinkButton>
      ))}
    </Group>
  );
}
