import type { Segment } from '@vinculo/segments/api';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { address } from '../../api/client.ts';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconDots, IconEdit, IconFilter, IconHistory, IconUsers } from '../../ui/icons.ts';
import { ActionIcon, Badge, Group, Menu, Stack, Text } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Link } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { RecordPage } from '../../ui/record-page.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { tellUndo } from '../../ui/tell.tsx';
import { call } from '../../api/client.ts';
import { History } from './history.tsx';
import { Members } from './members.tsx';
import { NewList } from './new-list.tsx';
import { Prospects } from './prospects.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { JsonPanel } from './builder/json-panel.tsx';
import type { Rule } from './rule-shapes.ts';
import type { SegmentSearch } from './search.ts';
import { ruleSentence } from './sentence.ts';
import { useWordsOf } from './use-words.ts';

export type Seg = z.infer<typeof Segment>;

export default function SegmentScreen() {
  const { t } = useTranslation();
  const can = useCan();
  const { id } = useParams({ strict: false }) as { id: string };
  const [words, change] = useWords<SegmentSearch>();
  const {
    data: segment,
    error,
    refetch,
  } = useGet<Seg>(`/segments/${id}`, {}, { every: (known) => (known?.size === null ? 1_000 : 4_000) });
  if (error && !segment) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!segment)
    return (
      <Page title="">
        <BlockSkeleton height={480} />
      </Page>
    );
  const people = segment.kind === 'prospects';
  const tabs = [
    {
      id: 'members',
      label: t(people ? 'segments:tab.people' : 'segments:tab.members'),
      icon: IconUsers,
      content: () => (people ? <Prospects segment={segment} /> : <Members segment={segment} />),
    },
    ...(people
      ? []
      : [{ id: 'history', label: t('segments:tab.history'), icon: IconHistory, content: () => <History segment={segment} /> }]),
    ...(segment.rule
      ? [{ id: 'rule', label: t('segments:tab.rule'), icon: IconFilter, content: () => <RuleTab segment={segment} /> }]
      : []),
  ];
  return (
    <RecordPage
      title={segment.name}
      aside={
        segment.archived && (
          <Badge variant="default" tt="none" fw={500}>
            {t('segments:archivedMark')}
          </Badge>
        )
      }
      actions={can('segment.write') || can('customer.export') ? <Actions segment={segment} /> : undefined}
      summary={<Summary segment={segment} />}
      tabs={tabs}
      tab={words.tab ?? 'members'}
      onTab={(tab) => change({ tab })}
    />
  );
}

function Actions({ segment }: { segment: Seg }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const refresh = useRefresh();
  const [dialog, setDialog] = useState<'freeze' | 'rename'>();
  const [today] = useState(() => new Date());
  const archive = useSend<boolean>((away) => ({ path: `/segments/${segment.id}/${away ? 'archive' : 'restore'}` }), {
    refreshes: ['/segments'],
    onDone: (_, away) => {
      if (!away) return;
      tellUndo(t('segments:archivedTold', { name: segment.name }), async () => {
        await call({ method: 'POST', path: `/segments/${segment.id}/restore` });
        await refresh('/segments');
      });
    },
  });
  const write = can('segment.write');
  return (
    <Group gap="xs" wrap="nowrap">
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('segments:act.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {segment.kind !== 'prospects' && can('customer.export') && (
            <Menu.Item component="a" href={address(`/segments/${segment.id}/export`)} download>
              {t('segments:act.export')}
            </Menu.Item>
          )}
          {write && segment.kind !== 'prospects' && <Menu.Item onClick={() => setDialog('freeze')}>{t('segments:act.freeze')}</Menu.Item>}
          {write && <Menu.Item onClick={() => setDialog('rename')}>{t('segments:act.rename')}</Menu.Item>}
          {write && (
            <Menu.Item onClick={() => archive.mutate(!segment.archived)}>
              {t(segment.archived ? 'segments:act.restore' : 'segments:act.archive')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {write && segment.kind === 'rule' && !segment.archived && (
        <LinkButton to="/segments/$id/edit" params={{ id: segment.id }} leftSection={<IconEdit size={16} />}>
          {t('segments:act.edit')}
        </LinkButton>
      )}
      {dialog === 'freeze' && (
        <NewList
          kind="list"
          from={{ id: segment.id, name: t('segments:freezeName', { name: segment.name, date: format.date(today) }) }}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'rename' && <RenameDialog segment={segment} onClose={() => setDialog(undefined)} />}
    </Group>
  );
}

function Summary({ segment }: { segment: Seg }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWordsOf(segment.rule ? [segment.rule as Rule] : []);
  const share = segment.kind !== 'prospects' && segment.size !== null && segment.everybody > 0;
  return (
    <Stack gap="md">
      <Figure
        label={t(segment.kind === 'prospects' ? 'segments:tab.people' : 'segments:column.size')}
        value={segment.size === null ? t('segments:counting') : format.number(segment.size)}
        definition={t('segments:sizeDefinition')}
        note={
          share
            ? t('segments:share', { share: format.percent(segment.size! / segment.everybody) })
            : segment.kind === 'prospects'
              ? t('segments:prospects.note')
              : undefined
        }
      />
      {segment.description && <Text size="sm">{segment.description}</Text>}
      {segment.rule && words && <Text size="sm">{ruleSentence(segment.rule as Rule, words)}</Text>}
      <Named label={t('segments:frozenFrom')} of={segment.frozenFrom ? [segment.frozenFrom] : []} />
      <Named label={t('segments:uses')} of={segment.uses} />
      <Named label={t('segments:usedBy')} of={segment.usedBy} />
      <Text size="xs" c="dimmed">
        {t('segments:madeBy', { name: segment.authorName, date: format.date(segment.createdAt) })}{' '}
        {segment.countedAt && segment.kind === 'rule' && t('segments:countedAt', { when: format.relative(segment.countedAt) })}
      </Text>
    </Stack>
  );
}

function Named({ label, of }: { label: string; of: { id: string; name: string }[] }) {
  if (of.length === 0) return null;
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      {of.map(({ id, name }) => (
        <div key={id}>
          <Link to="/segments/$id" params={{ id }} size="sm">
            {name}
          </Link>
        </div>
      ))}
    </div>
  );
}

function RuleTab({ segment }: { segment: Seg }) {
  const rule = segment.rule as Rule;
  const words = useWordsOf([rule]);
  if (!words) return <BlockSkeleton height={160} />;
  return (
    <Stack gap="md">
      <Text>{ruleSentence(rule, words)}</Text>
      <JsonPanel rule={rule} />
    </Stack>
  );
}
