import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Group, Stack, Textarea } from '../../../ui/kit.ts';
import type { Rule } from '../rule-shapes.ts';

/** The rule as the API takes it, for developers: to copy, and to put another in. */
export function JsonPanel({ rule, onApply }: { rule: Rule /** Without it the rule can only be read. */; onApply?: (rule: Rule) => void }) {
  const { t } = useTranslation();
  const text = JSON.stringify(rule, null, 2);
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState<string>();
  const [wrong, setWrong] = useState('');
  const apply = () => {
    try {
      const read = JSON.parse(draft ?? text) as Rule;
      if (read?.version !== 1 || read.where?.kind !== 'group' || !Array.isArray(read.where.of)) throw new TypeError('version, where');
      onApply?.(read);
      setDraft(undefined);
      setWrong('');
    } catch (error) {
      setWrong((error as Error).message);
    }
  };
  return (
    <Stack gap="xs">
      <Group>
        <Button size="xs" variant="subtle" color="gray" onClick={() => setOpen(!open)} aria-expanded={open}>
          {t(open ? 'segments:builder.hideJson' : 'segments:builder.json')}
        </Button>
      </Group>
      {open && (
        <>
          <Textarea
            label={t('segments:builder.jsonLabel')}
            value={draft ?? text}
            onChange={(event) => setDraft(event.currentTarget.value)}
            autosize
            minRows={8}
            maxRows={24}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
            spellCheck={false}
            readOnly={!onApply}
            error={wrong && t('segments:builder.jsonWrong', { why: wrong })}
          />
          {onApply && (
            <Group gap="xs">
              <Button size="xs" variant="default" disabled={draft === undefined} onClick={apply}>
                {t('segments:builder.applyJson')}
              </Button>
            </Group>
          )}
        </>
      )}
    </Stack>
  );
}
