import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Group, Stack, Textarea } from '../../ui/kit.ts';
import type { Settings } from './edit-rules.ts';

/** The rules as text, for what the form does not know. The server checks them. */
export function RulesText({ settings, own, onSettings }: { settings: Settings; own: Settings; onSettings: (settings: Settings) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => JSON.stringify(settings, null, 2));
  const [error, setError] = useState<string | null>(null);
  return (
    <Stack gap="sm">
      <Textarea
        label={t('linkage:rules.json')}
        description={t('linkage:rules.jsonHelp')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={error}
        autosize
        minRows={8}
        maxRows={24}
        spellCheck={false}
        styles={{ input: { fontFamily: 'monospace', fontSize: 12 } }}
      />
      <Group gap="sm">
        <Button
          variant="default"
          size="xs"
          onClick={() => {
            try {
              setError(null);
              onSettings(JSON.parse(text) as Settings);
            } catch (bad) {
              setError(t('linkage:rules.jsonBad', { error: (bad as Error).message }));
            }
          }}
        >
          {t('linkage:rules.jsonUse')}
        </Button>
        <Button variant="subtle" size="xs" onClick={() => onSettings(own)}>
          {t('linkage:rules.restore')}
        </Button>
      </Group>
    </Stack>
  );
}
