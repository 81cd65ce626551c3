import { Button, Code, CopyButton, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconCheck, IconCopy } from './icons.ts';

/** A text to be carried elsewhere: a link, a key. With `label` only the button shows. */
export function CopyText({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation();
  return (
    <Group gap="sm" wrap="nowrap">
      {!label && (
        <Code fz="sm" style={{ overflowWrap: 'anywhere', flex: 1 }} tabIndex={0}>
          {text}
        </Code>
      )}
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            size="xs"
            onClick={copy}
            style={{ flex: 'none' }}
            leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            aria-live="polite"
          >
            {copied ? t('common:copied') : (label ?? t('common:copy'))}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
