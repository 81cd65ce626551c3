import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/problem.ts';
import { useGet, usePage, useSend } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Grid, Group, Select, Stack, Text, Textarea, Title, UnstyledButton, useDebouncedValue } from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';
import { leavesOf, within } from './json-paths.ts';
import { MappingFields } from './mapping-fields.tsx';
import { MappingPreview } from './mapping-preview.tsx';
import { prettyJson } from './pretty-json.ts';
import type { Hook, HookMapping, HookMessage, HookMessageDetail } from './schemas.ts';

const EMPTY: HookMapping = { each: '', only: null, customer: { key: '', fields: {} }, purchase: null, contact: null };

/** What messages mean: at the left the fields, at the right a sample whose values can be clicked, and what it would become. */
export function MappingTab({ hook }: { hook: Hook }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [mapping, setMapping] = useState<HookMapping>(hook.mapping ?? EMPTY);
  const [pasted, setPasted] = useState<string>();
  const [chosen, setChosen] = useState<string | null>(null);
  const [error, setError] = useState<ApiError>();
  /** Where a clicked value goes: what was last written in. */
  const [target, setTarget] = useState<{ put: (mapping: HookMapping, path: string) => HookMapping; list: string }>();
  const messages = usePage<HookMessage>(`/hooks/${hook.id}/messages`, { limit: 20 });
  const message = chosen ?? messages.rows[0]?.id;
  const received = useGet<HookMessageDetail>(`/hook-messages/${message}`, {}, { enabled: message !== undefined && pasted === undefined });
  const sample = pasted ?? (received.data ? prettyJson(received.data.body) : '');
  const [settled] = useDebouncedValue(mapping, 400);
  const save = useSend<void, Hook>(() => ({ method: 'PATCH', path: `/hooks/${hook.id}`, body: { mapping: cleaned(mapping) } }), {
    refreshes: ['/hooks'],
    onError: setError,
    onDone: () => tell(t('webhooks:mapping.saved')),
  });
  const leaves = leavesOf(parsed(sample));
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setError(undefined);
            save.mutate();
          }}
        >
          <Stack gap="lg">
            <Text size="sm" c="dimmed">
              {t('webhooks:mapping.help')}
            </Text>
            <ErrorNote error={error} />
            <MappingFields mapping={mapping} onMapping={setMapping} onTarget={setTarget} />
            <Group justify="flex-end">
              <Button type="submit" loading={save.isPending}>
                {t('common:save')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <Stack gap="md">
          <Title order={2} size="h4">
            {t('webhooks:mapping.sample')}
          </Title>
          {messages.rows.length > 0 && (
            <Select
              label={t('webhooks:mapping.received')}
              value={pasted === undefined ? (message ?? null) : null}
              onChange={(id) => {
                setPasted(undefined);
                setChosen(id);
              }}
              data={messages.rows.map((row) => ({
                value: row.id,
                label: `${format.dateTime(row.receivedAt)} · ${t(`webhooks:state.${row.state}`)}`,
              }))}
            />
          )}
          <Textarea
            label={t('webhooks:mapping.paste')}
            value={sample}
            onChange={(event) => setPasted(event.currentTarget.value)}
            minRows={4}
            maxRows={10}
            autosize
            styles={{ input: { fontFamily: 'monospace', fontSize: 12 } }}
            error={sample !== '' && parsed(sample) === undefined && t('webhooks:mapping.noJson')}
          />
          {leaves.length > 0 && (
            <Stack gap={2} role="group" aria-label={t('webhooks:mapping.values')}>
              <Text size="xs" c="dimmed">
                {t(target ? 'webhooks:mapping.click' : 'webhooks:mapping.clickFirst')}
              </Text>
              {leaves.map(({ path, value }) => (
                <UnstyledButton
                  key={path}
                  disabled={!target}
                  onClick={() => target && setMapping(target.put(mapping, within(path, target.list)))}
                  px={6}
                  py={2}
                  style={{ fontFamily: 'monospace', fontSize: 12, overflowWrap: 'anywhere', opacity: 1 }}
                >
                  <b>{path}</b> {value.slice(0, 80)}
                </UnstyledButton>
              ))}
            </Stack>
          )}
          <MappingPreview mapping={cleaned(settled)} sourceId={hook.sourceId} sample={parsed(sample) === undefined ? '' : sample} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Without what was left empty. */
function cleaned(mapping: HookMapping): HookMapping {
  const full = (fields: Record<string, string>) => Object.fromEntries(Object.entries(fields).filter(([, path]) => path.trim() !== ''));
  const only = mapping.only && mapping.only.path.trim() !== '' && mapping.only.values.length > 0 ? mapping.only : null;
  return {
    ...mapping,
    only,
    customer: { ...mapping.customer, fields: full(mapping.customer.fields) },
    purchase: mapping.purchase && { ...mapping.purchase, fields: full(mapping.purchase.fields) },
    contact: mapping.contact && { fields: full(mapping.contact.fields) },
  };
}
