import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { IconAlertTriangle, IconShieldLock } from '../ui/icons.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { Page } from '../ui/page.tsx';

/** An address that leads nowhere. */
export function ScreenMissing() {
  const { t } = useTranslation();
  return (
    <Page title={t('shell:error.missing.title')} narrow>
      <EmptyState
        title={t('shell:error.missing.detail')}
        icon={IconAlertTriangle}
        action={<LinkButton to="/">{t('shell:error.missing.action')}</LinkButton>}
      />
    </Page>
  );
}

/** A screen the person's role does not open. */
export function ScreenRefused({ permission }: { permission: string | readonly string[] }) {
  const { t } = useTranslation();
  const names = (typeof permission === 'string' ? [permission] : permission).map((name) => t(`access:permission.${name}`)).join(', ');
  return (
    <Page title={t('shell:error.refused.title')} narrow>
      <EmptyState title={t('shell:error.refused.detail', { permission: names })} icon={IconShieldLock} />
    </Page>
  );
}

/** A screen that broke, or whose code or first reading did not arrive. */
export function ScreenError({ error, reset }: { error: unknown; reset?: () => void }) {
  const { t } = useTranslation();
  return (
    <Page title={t('shell:error.screen.title')} narrow>
      <ErrorNote error={error} retry={reset ?? (() => location.reload())} />
    </Page>
  );
}
