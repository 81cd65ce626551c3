import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { IconAlertTriangle, IconShieldLock } from '../ui/icons.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { Page } from '../ui/page.tsx';
import { lacking, useMe } from './session.ts';

/** An address that leads nowhere, or to nobody: `detail` says what is not there. */
export function ScreenMissing({ detail }: { detail?: string }) {
  const { t } = useTranslation();
  return (
    <Page title={t('shell:error.missing.title')} narrow>
      <EmptyState
        title={detail ?? t('shell:error.missing.detail')}
        icon={IconAlertTriangle}
        action={<LinkButton to="/">{t('shell:error.missing.action')}</LinkButton>}
      />
    </Page>
  );
}

/** A screen the person's role does not open: what it lacks, and who can give it. */
export function ScreenRefused({ permission }: { permission: string | readonly string[] }) {
  const { t } = useTranslation();
  const { role, permissions } = useMe();
  const missing = lacking(permissions, permission);
  return (
    <Page title={t('shell:error.refused.title')} narrow>
      <EmptyState
        title={t('shell:error.refused.lacks', {
          count: missing.length,
          permission: missing.map((name) => `«${t(`access:permission.${name}`)}»`).join(', '),
        })}
        icon={IconShieldLock}
      >
        {t('shell:error.refused.ask', {
          role: role === null ? '' : t(`access:role.${role}`),
          owner: t('access:role.owner'),
          admin: t('access:role.admin'),
        })}
      </EmptyState>
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
