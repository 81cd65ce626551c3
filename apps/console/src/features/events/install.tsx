import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconKey } from '../../ui/icons.ts';
import { Button, List, SegmentedControl, Select, Stack, Text } from '../../ui/kit.ts';
import { usePhone } from '../../ui/screen-size.ts';
import { CodeBlock } from './code-block.tsx';
import { installCode, WAYS, type Way } from './install-code.ts';
import type { Key, Treatment } from './schemas.ts';
import type { SourceEventsSearch } from './search.ts';

/** How it is installed, with the key already in the text. */
export function Install({ source, keys, onKeys }: { source: string; keys: readonly Key[]; onKeys: () => void }) {
  const { t } = useTranslation();
  const can = useCan();
  const phone = usePhone();
  const [words, change] = useWords<SourceEventsSearch>();
  const working = keys.filter(({ state }) => state === 'active');
  const [chosen, setChosen] = useState<string>();
  const treatment = useGet<Treatment>(`/sources/${source}/event-settings`);
  const key = working.find(({ id }) => id === chosen) ?? working[0];
  if (!key)
    return (
      <EmptyState
        icon={IconKey}
        title={t('events:install.noKey')}
        action={can('source.write') && <Button onClick={onKeys}>{t('events:keys.new')}</Button>}
      >
        {t('events:install.noKeyText')}
      </EmptyState>
    );
  const way = WAYS.find((one) => one === words.way) ?? 'web';
  const ways = WAYS.map((one) => ({ value: one, label: t(`events:install.way.${one}`) }));
  const pick = (next: string | null) => next && change({ way: next as Way }, { replace: true });
  const code = installCode(way, { key: key.key, server: location.origin, treatment: treatment.data });
  return (
    <Stack gap="lg">
      {phone ? (
        <Select label={t('events:install.how')} data={ways} value={way} allowDeselect={false} onChange={pick} />
      ) : (
        <SegmentedControl
          data={ways}
          value={way}
          onChange={pick}
          aria-label={t('events:install.how')}
          style={{ alignSelf: 'flex-start' }}
        />
      )}
      {working.length > 1 && (
        <Select
          label={t('events:install.key')}
          data={working.map(({ id, name }) => ({ value: id, label: name }))}
          value={key.id}
          allowDeselect={false}
          onChange={(next) => next && setChosen(next)}
          maw={360}
        />
      )}
      {code.map(({ step, text }) => (
        <div key={step}>
          <Text size="sm" mb="xs">
            {t(`events:install.${way}.${step}`)}
          </Text>
          <CodeBlock code={text} label={t(`events:install.${way}.${step}`)} />
        </div>
      ))}
      <List size="sm" c="dimmed">
        <List.Item>{t('events:install.first')}</List.Item>
        <List.Item>{t('events:install.secret')}</List.Item>
        {way === 'web' && treatment.data && <List.Item>{t(`events:install.consent.${treatment.data.consent}`)}</List.Item>}
      </List>
    </Stack>
  );
}
