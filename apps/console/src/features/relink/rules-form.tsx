import type { NewRelink } from '@vinculo/customer-file/api/relink';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useSend } from '../../api/queries.ts';
import { IconEye } from '../../ui/icons.ts';
import { Accordion, Button, Checkbox, Fieldset, Group, Stack, Text, TextInput } from '../../ui/kit.ts';
import {
  apartToggles,
  fieldToggles,
  type Rules,
  ruleToggles,
  type Settings,
  toggleApart,
  toggleField,
  toggleRule,
  toggleShared,
} from './edit-rules.ts';
import { RulesText } from './rules-text.tsx';
import { Strictness } from './strictness.tsx';
import { useLinkageWords } from './use-linkage-words.ts';

/** The usual changes, guided; all the rest as text. What it sends is a draft: nobody changes by it. */
export function RulesForm({ rules }: { rules: Rules }) {
  const { t } = useTranslation();
  const words = useLinkageWords();
  const navigate = useNavigate();
  const [settings, setSettings] = useState<Settings>(rules.settings);
  const [note, setNote] = useState('');
  const draft = useSend<z.input<typeof NewRelink>, { id: string }>((body) => ({ path: '/linkage/changes', body }), {
    refreshes: ['/linkage', '/jobs'],
    onDone: ({ id }) => void navigate({ to: `/linking-rules/${id}` }),
  });
  const changed = JSON.stringify(settings) !== JSON.stringify(rules.settings);
  const shareable = settings.fields.filter(
    ({ name }) => rules.own.fields.some((own) => own.name === name && own.shared) || SHARED.has(name),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (changed && note.trim()) draft.mutate({ kind: rules.kind, settings, note: note.trim() });
      }}
    >
      <Stack gap="lg">
        <Strictness
          curve={rules.model?.curve ?? []}
          threshold={settings.threshold}
          inForce={rules.model?.threshold ?? 0.9}
          onThreshold={(threshold) => setSettings({ ...settings, threshold })}
        />
        <Choices
          legend={t('linkage:rules.fields')}
          help={t('linkage:rules.fieldsHelp')}
          choices={fieldToggles(rules, settings).map(({ name, on }) => ({ name, on, label: words.field(name) }))}
          onToggle={(name) => setSettings(toggleField(rules, settings, name))}
        />
        {rules.kind === 'person' && (
          <Choices
            legend={t('linkage:rules.shared')}
            help={t('linkage:rules.sharedHelp')}
            choices={shareable.map(({ name, shared }) => ({ name, on: shared, label: words.field(name) }))}
            onToggle={(name) => setSettings(toggleShared(settings, name))}
          />
        )}
        <Choices
          legend={t('linkage:rules.always')}
          help={t('linkage:rules.alwaysHelp')}
          choices={ruleToggles(rules, settings).map(({ name, on }) => ({ name, on, label: words.rule(name) }))}
          onToggle={(name) => setSettings(toggleRule(rules, settings, name))}
        />
        {apartToggles(rules, settings).length > 0 && (
          <Choices
            legend={t('linkage:rules.never')}
            help={t('linkage:rules.neverHelp')}
            choices={apartToggles(rules, settings).map(({ name, on }) => ({ name, on, label: words.apart(name) }))}
            onToggle={(name) => setSettings(toggleApart(rules, settings, name))}
          />
        )}
        <Accordion variant="contained">
          <Accordion.Item value="json">
            <Accordion.Control>{t('linkage:rules.json')}</Accordion.Control>
            <Accordion.Panel>
              <RulesText key={JSON.stringify(settings)} settings={settings} own={rules.own} onSettings={setSettings} />
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
        <TextInput
          label={t('linkage:rules.note')}
          description={t('linkage:rules.noteHelp')}
          placeholder={t('linkage:rules.noteExample')}
          value={note}
          maxLength={300}
          required
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="space-between">
          <Text size="xs" c="dimmed" aria-live="polite">
            {changed ? '' : t('linkage:rules.nothing')}
          </Text>
          <Group gap="sm">
            {changed && (
              <Button variant="default" onClick={() => setSettings(rules.settings)}>
                {t('linkage:rules.back')}
              </Button>
            )}
            <Button type="submit" leftSection={<IconEye size={16} />} disabled={!changed || !note.trim()} loading={draft.isPending}>
              {t('linkage:rules.preview')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

const SHARED = new Set(['surnames', 'phone', 'email', 'address']);

interface ChoicesProps {
  legend: string;
  help: string;
  choices: { name: string; on: boolean; label: string }[];
  onToggle: (name: string) => void;
}

function Choices({ legend, help, choices, onToggle }: ChoicesProps) {
  return (
    <Fieldset legend={legend} variant="unstyled" p={0} m={0} styles={{ legend: { padding: 0, fontWeight: 500 } }}>
      <Text size="xs" c="dimmed" mb="xs">
        {help}
      </Text>
      <Group gap="md">
        {choices.map(({ name, on, label }) => (
          <Checkbox key={name} size="sm" label={label} checked={on} onChange={() => onToggle(name)} />
        ))}
      </Group>
    </Fieldset>
  );
}
