import type { QuestionSchema } from '@vinculo/insight/api/questions';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { IconChevronDown, IconChevronRight, IconPlus } from '../../ui/icons.ts';
import { Box, ActionIcon, Group, Text, UnstyledButton } from '../../ui/kit.ts';
import classes from './questions.module.css';

type View = z.infer<typeof QuestionSchema>['views'][number];

/** What can be read: each view with its columns, a press away from the text. */
export function Views({ views, onInsert }: { views: View[]; onInsert: (text: string) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string>();
  return (
    <section className={classes.panel} aria-label={t('questions:views')}>
      <h2>{t('questions:views')}</h2>
      <Box className={classes.views} tabIndex={0} role="region" aria-label={t('questions:views')}>
        {views.map((view) => (
          <div key={view.name}>
            <Group gap="xs" wrap="nowrap">
              <UnstyledButton
                fz="sm"
                style={{ flex: 1, padding: '4px 0' }}
                aria-expanded={open === view.name}
                onClick={() => setOpen(open === view.name ? undefined : view.name)}
              >
                {open === view.name ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}{' '}
                <code>{view.name}</code>
              </UnstyledButton>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t('questions:insert', { name: view.name })}
                onClick={() => onInsert(view.name)}
              >
                <IconPlus size={14} />
              </ActionIcon>
            </Group>
            {open === view.name && (
              <>
                <Text size="xs" c="dimmed" mb="xs">
                  {view.about}
                </Text>
                <ul className={classes.columns} aria-label={t('questions:columns', { view: view.name })}>
                  {view.columns.map(({ name, type, about }) => (
                    <li key={name}>
                      <button type="button" title={type} aria-label={t('questions:insert', { name })} onClick={() => onInsert(name)}>
                        <code>{name}</code>
                      </button>{' '}
                      <Text span size="xs" c="dimmed">
                        {about}
                      </Text>
                    </li>
                  ))}
                </ul>
              </>
            )}
          </div>
        ))}
      </Box>
    </section>
  );
}
