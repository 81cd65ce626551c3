import type { TemplateChange } from '@vinculo/channels/api/replies';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconListDetails } from '../../ui/icons.ts';
import { Button, Group } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { tellUndo } from '../../ui/tell.tsx';
import type { Template } from './shapes.ts';
import { TemplateForm } from './template-form.tsx';

/** What the paper asks. */
export function Templates() {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const refresh = useRefresh();
  const [edited, setEdited] = useState<Template>();
  const { data, error, refetch } = useGet<{ items: Template[] }>('/reply-templates');
  const change = useSend<z.input<typeof TemplateChange> & { id: string }, Template>(
    ({ id, ...body }) => ({ method: 'PATCH', path: `/reply-templates/${id}`, body }),
    {
      refreshes: ['/reply-templates'],
    },
  );
  const archive = ({ id, name }: Template) =>
    change.mutate(
      { id, archived: true },
      {
        onSuccess: () =>
          tellUndo(t('channels:replies.template.archivedTold', { name }), async () => {
            await call({ method: 'PATCH', path: `/reply-templates/${id}`, body: { archived: false } });
            await refresh('/reply-templates');
          }),
      },
    );
  const write = can(['customer.write', 'customer.read_personal', 'contact.write']);
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <RowSkeletons />;
  if (data.items.length === 0)
    return (
      <EmptyState icon={IconListDetails} title={t('channels:replies.template.empty')}>
        {t('channels:replies.template.emptyText')}
      </EmptyState>
    );
  return (
    <>
      <SimpleTable<Template>
        caption={t('channels:replies.template.caption')}
        rows={data.items}
        rowId={({ id }) => id}
        columns={[
          { id: 'name', header: t('channels:replies.template.name'), cell: ({ name }) => name },
          {
            id: 'fields',
            header: t('channels:replies.template.fields'),
            prose: true,
            cell: ({ fields }) => format.list(fields.map((field) => t(`imports:field.${field}`))),
          },
          {
            id: 'consents',
            header: t('channels:replies.template.consents'),
            prose: true,
            cell: ({ consents }) =>
              format.list(consents.map(({ purpose }) => t(`customers:purpose.${purpose}`, { defaultValue: purpose }))),
          },
          ...(write
            ? [
                {
                  id: 'actions',
                  header: t('people:list.actions'),
                  align: 'right' as const,
                  cell: (template: Template) =>
                    template.archived ? (
                      <Button
                        size="xs"
                        variant="subtle"
                        aria-label={t('channels:replies.template.restore', { name: template.name })}
                        onClick={() => change.mutate({ id: template.id, archived: false })}
                      >
                        {t('channels:log.choices.restore')}
                      </Button>
                    ) : (
                      <Group gap={4} justify="flex-end" wrap="nowrap">
                        <LinkButton
                          size="xs"
                          variant="default"
                          to="/replies"
                          search={{ begin: 'forms', template: template.id }}
                          aria-label={`${t('channels:replies.passForms')}: ${template.name}`}
                        >
                          {t('channels:replies.passForms')}
                        </LinkButton>
                        <Button
                          size="xs"
                          variant="subtle"
                          color="gray"
                          aria-label={`${t('common:edit')}: ${template.name}`}
                          onClick={() => setEdited(template)}
                        >
                          {t('common:edit')}
                        </Button>
                        <Button
                          size="xs"
                          variant="subtle"
                          color="gray"
                          aria-label={t('channels:replies.template.archive', { name: template.name })}
                          onClick={() => archive(template)}
                        >
                          {t('channels:replies.template.putAway')}
                        </Button>
                      </Group>
                    ),
                },
              ]
            : []),
        ]}
      />
      {edited && <TemplateForm template={edited} onClose={() => setEdited(undefined)} />}
    </>
  );
}
