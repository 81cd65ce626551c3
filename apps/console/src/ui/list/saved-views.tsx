import { Button, Checkbox, Group, Menu, Modal, Stack, TextInput } from '@mantine/core';
import type { NewSavedView, SavedView } from '@vinculo/customer-file/api/customers';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { IconBookmark, IconTrash, IconUsers } from '../icons.ts';
import { tell, tellUndo } from '../tell.tsx';
import type { ListWords } from './columns.ts';

type View = z.infer<typeof SavedView>;
type NewView = z.input<typeof NewSavedView>;

/** The filters of a list under a name, one's own or for everyone. */
export function SavedViews({ screen, words, onOpen }: { screen: string; words: ListWords; onOpen: (words: ListWords) => void }) {
  const { t } = useTranslation();
  const { data } = useGet<{ items: View[] }>('/views', { screen }, { staleTime: 60_000 });
  const [naming, setNaming] = useState(false);
  const refresh = useRefresh();
  const views = data?.items ?? [];
  const current = JSON.stringify(sorted(words));

  const save = useSend<NewView, View>((body) => ({ path: '/views', body }), {
    refreshes: ['/views'],
    onDone: (view) => {
      setNaming(false);
      tell(t('shell:views.saved', { name: view.name }));
    },
  });
  const remove = useSend<View>((view) => ({ method: 'DELETE', path: `/views/${view.id}` }), {
    refreshes: ['/views'],
    onDone: (_, { name, query, shared }) =>
      tellUndo(t('shell:views.deleted', { name }), async () => {
        await call({ method: 'POST', path: '/views', body: { screen, name, query, shared } });
        await refresh('/views');
      }),
  });

  return (
    <>
      <Menu width={280} position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="sm" leftSection={<IconBookmark size={16} />}>
            {t('shell:views.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.length === 0 && <Menu.Label>{t('shell:views.none')}</Menu.Label>}
          {views.map((view) => (
            <Group key={view.id} gap={0} wrap="nowrap">
              <Menu.Item
                fw={JSON.stringify(sorted(view.query as ListWords)) === current ? 600 : 400}
                onClick={() => onOpen(view.query as ListWords)}
                rightSection={view.shared ? <IconUsers size={14} aria-label={t('shell:views.shared')} /> : undefined}
              >
                {view.name}
              </Menu.Item>
              {view.mine && (
                <Menu.Item
                  w={40}
                  onClick={() => remove.mutate(view)}
                  aria-label={t('shell:views.delete', { name: view.name })}
                  closeMenuOnClick={false}
                >
                  <IconTrash size={14} aria-hidden />
                </Menu.Item>
              )}
            </Group>
          ))}
          <Menu.Divider />
          <Menu.Item disabled={Object.keys(sorted(words)).length === 0} onClick={() => setNaming(true)}>
            {t('shell:views.saveCurrent')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <NameView
        opened={naming}
        busy={save.isPending}
        onClose={() => setNaming(false)}
        onName={(name, shared) => save.mutate({ screen, name, shared, query: sorted(words) })}
      />
    </>
  );
}

function NameView({
  opened,
  busy,
  onClose,
  onName,
}: {
  opened: boolean;
  busy: boolean;
  onClose: () => void;
  onName: (name: string, shared: boolean) => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  return (
    <Modal opened={opened} onClose={onClose} title={t('shell:views.saveCurrent')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) onName(name.trim(), shared);
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('shell:views.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={80}
            required
            data-autofocus
          />
          <Checkbox label={t('shell:views.share')} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={!name.trim()}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

const sorted = (words: ListWords): ListWords =>
  Object.fromEntries(
    Object.entries(words)
      .filter(([, value]) => value !== undefined && value !== '')
      .toSorted(([a], [b]) => a.localeCompare(b)),
  );
