import { useTranslation } from 'react-i18next';
import { address } from '../../api/client.ts';
import { usePage } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconDownload, IconTicket } from '../../ui/icons.ts';
import { ActionIcon, Button, Menu, Stack } from '../../ui/kit.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import type { Issue } from './shapes.ts';

/** Sets of codes, how many came back, and what the printer needs. */
export function Codes() {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const page = usePage<Issue>('/reply-issues', {}, { every: 4_000 });
  if (page.error) return <ErrorNote error={page.error} retry={page.retry} />;
  if (page.loading) return <RowSkeletons />;
  if (page.rows.length === 0)
    return (
      <EmptyState icon={IconTicket} title={t('channels:replies.codes.empty')}>
        {t('channels:replies.codes.emptyText')}
      </EmptyState>
    );
  return (
    <Stack gap="md">
      <SimpleTable<Issue>
        caption={t('channels:replies.codes.caption')}
        rows={page.rows}
        rowId={({ id }) => id}
        columns={[
          { id: 'name', header: t('channels:replies.codes.name'), cell: ({ name }) => name },
          { id: 'campaign', header: t('channels:replies.codes.campaign'), cell: ({ campaign }) => campaign.name },
          { id: 'coupon', header: t('channels:replies.codes.coupon'), cell: ({ coupon }) => coupon },
          { id: 'until', header: t('channels:replies.codes.validUntil'), cell: ({ validUntil }) => validUntil && format.date(validUntil) },
          {
            id: 'codes',
            header: t('channels:replies.codes.codes'),
            align: 'right',
            cell: ({ codes, state }) =>
              state === 'making' ? `${format.number(codes)} · ${t('channels:replies.codes.making')}` : format.number(codes),
          },
          {
            id: 'redeemed',
            header: t('channels:replies.codes.redeemed'),
            align: 'right',
            cell: ({ redeemed, codes }) =>
              codes > 0 ? `${format.number(redeemed)} · ${format.percent(redeemed / codes)}` : format.number(redeemed),
          },
          ...(can('customer.export')
            ? [
                {
                  id: 'file',
                  header: t('common:download'),
                  align: 'right' as const,
                  cell: (issue: Issue) => issue.state === 'ready' && <Files issue={issue} />,
                },
              ]
            : []),
        ]}
      />
      {page.more && (
        <Button variant="default" loading={page.fetchingMore} onClick={page.fetchMore} style={{ alignSelf: 'center' }}>
          {t('common:more')}
        </Button>
      )}
    </Stack>
  );
}

function Files({ issue }: { issue: Issue }) {
  const { t } = useTranslation();
  const files = [
    { label: t('channels:replies.codes.labels'), href: address(`/reply-issues/${issue.id}/labels`, { symbol: 'code128' }) },
    { label: t('channels:replies.codes.labelsQr'), href: address(`/reply-issues/${issue.id}/labels`, { symbol: 'qr' }) },
    { label: t('channels:replies.codes.file'), href: address(`/reply-issues/${issue.id}/codes`) },
  ];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" aria-label={t('channels:replies.codes.download', { name: issue.name })}>
          <IconDownload size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {files.map(({ label, href }) => (
          <Menu.Item key={href} component="a" href={href} download>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
