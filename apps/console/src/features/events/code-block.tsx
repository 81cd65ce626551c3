import { Code, CopyButton, Button } from '../../ui/kit.ts';
import { useTranslation } from 'react-i18next';
import { IconCheck, IconCopy } from '../../ui/icons.ts';

/** Text for a machine, with a button to take it along. */
export function CodeBlock({ code, label }: { code: string; label?: string }) {
  const { t } = useTranslation();
  return (
    <div style={{ position: 'relative' }}>
      {/* It scrolls by itself, so the keyboard must reach it. */}
      <Code
        block
        tabIndex={0}
        role="region"
        aria-label={label ?? t('events:code')}
        style={{ maxHeight: 420, overflow: 'auto', padding: '40px 12px 12px' }}
      >
        {code}
      </Code>
      <CopyButton value={code}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            variant="default"
            onClick={copy}
            style={{ position: 'absolute', top: 6, right: 6 }}
            leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            aria-live="polite"
          >
            {t(copied ? 'common:copied' : 'common:copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
