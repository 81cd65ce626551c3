import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { Card } from '../../ui/board-page.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconDots, IconEdit, IconEyeOff } from '../../ui/icons.ts';
import { ActionIcon, Group as Row, Menu, Stack, Text } from '../../ui/kit.ts';
import { tellUndo } from '../../ui/tell.tsx';
import { Why } from '../../ui/why.tsx';
import { AllDifferences } from './all-differences.tsx';
import { EditName } from './edit-name.tsx';
import { customersOf, type Group, mainDifferences, useNeedsWords } from './needs-words.ts';
import { Typical } from './typical.tsx';

/** One group: what it is called, how great it is, what sets it apart, who is typical. */
export function GroupCard({ group, currency, span }: { group: Group; currency: string; span: 4 | 6 }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useNeedsWords(currency);
  const [editing, setEditing] = useState(false);
  const told = mainDifferences(group.differences);
  return (
    <Card title={group.name} span={span} aside={<Acts group={group} onRename={() => setEditing(true)} />}>
      {editing && <EditName group={group} onOver={() => setEditing(false)} />}
      <Row gap="xl" align="flex-start">
        <Figure
          label={t('needs:customers')}
          value={format.number(group.customers)}
          definition={t('needs:definition.customers')}
          note={t('needs:ofCustomers', { share: format.percent(group.share) })}
          to={customersOf(group.id)}
        />
        <Figure
          label={t('needs:revenue')}
          value={format.moneyShort(group.revenue, currency)}
          definition={t('needs:definition.revenue')}
          note={t('needs:ofRevenue', { share: format.percent(group.revenueShare) })}
          to={customersOf(group.id)}
        />
      </Row>
      <Stack gap={4} align="flex-start">
        {told.length === 0 && <Text size="sm">{t('needs:name.ordinary')}.</Text>}
        {told.map((difference) => (
          <Text size="sm" key={`${difference.feature} ${difference.subject}`}>
            {words.sentence(difference)}
          </Text>
        ))}
        <Why about={t('needs:section.about', { name: group.name })} label={t('needs:differences')} width={440}>
          <AllDifferences differences={group.differences} currency={currency} />
        </Why>
      </Stack>
      <div style={{ marginTop: 'auto' }}>
        <Text size="sm" c="dimmed" title={t('needs:definition.silhouette')}>
          {t('needs:quality.silhouette')}: {format.number(group.silhouette, 2)}
        </Text>
        <Typical customers={group.typical} />
      </div>
    </Card>
  );
}

function Acts({ group, onRename }: { group: Group; onRename: () => void }) {
  const { t } = useTranslation();
  const may = useCan()('segment.write');
  const show = useSend<void>(() => ({ path: `/needs-groups/${group.id}/show` }), { refreshes: ['/needs-groups'] });
  const hide = useSend<void>(() => ({ path: `/needs-groups/${group.id}/hide` }), {
    refreshes: ['/needs-groups'],
    onDone: () => tellUndo(t('needs:hide.done', { name: group.name }), () => show.mutateAsync()),
  });
  if (!may) return null;
  return (
    <Row gap={4} wrap="nowrap">
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`${t('needs:rename.act')}: ${group.name}`}
        title={t('needs:rename.act')}
        onClick={onRename}
      >
        <IconEdit size={16} />
      </ActionIcon>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('needs:more', { name: group.name })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconEyeOff size={16} />} onClick={() => hide.mutate()}>
            {t('needs:hide.act')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Row>
  );
}
