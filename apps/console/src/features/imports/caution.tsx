import type { ReactNode } from 'react';
import { IconAlertTriangle } from '../../ui/icons.ts';
import { Alert } from '../../ui/kit.ts';

/** Something to look at before going on; no error yet. */
export function Caution({ title, children, alert = false }: { title: string; children: ReactNode; alert?: boolean }) {
  return (
    <Alert
      variant="light"
      color="yellow"
      title={title}
      icon={<IconAlertTriangle size={18} />}
      role={alert ? 'alert' : 'note'}
      styles={{
        root: { background: 'var(--v-caution-soft)' },
        title: { color: 'var(--v-caution)' },
        icon: { color: 'var(--v-caution)' },
      }}
    >
      {children}
    </Alert>
  );
}
