import type { ChoiceChange, NewChoice } from '@vinculo/channels/api/contacts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useRefresh, useSend } from '../../api/queries.ts';
import { useCompany } from '../../app/company.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { IconArrowDown, IconArrowUp, IconEdit, IconTrash } from '../../ui/icons.ts';
import { ActionIcon, Button, Group, Kbd, Modal, NumberInput, SimpleGrid, Stack, Text, TextInput, Title, Tooltip } from '../../ui/kit.ts';
import { Page } from '../../ui/page.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { tellUndo } from '../../ui/tell.tsx';
import classes from './contacts.module.css';
import { type Choice, type Kind, useChoices } from './use-choices.ts';

/** The company's own words, in the order of the keyboard. */
export default function ChoicesScreen() {
  const { t } = useTranslation();
  const choices = useChoices();
  return (
    <Page title={t('channels:log.choices.title')} narrow>
      <Stack gap="xl">
        <Text size="sm" c="dimmed">
          {t('channels:log.choices.intro')}
        </Text>
        {choices.error ? (
          <ErrorNote error={choices.error} retry={() => void choices.refetch()} />
        ) : !choices.loaded ? (
          <RowSkeletons />
        ) : (
          (['call', 'visit'] as const).map((kind) => (
            <section key={kind} aria-label={t(`channels:log.choices.of.${kind}`)}>
              <Title order={2} mb="sm">
                {t(`channels:log.choices.of.${kind}`)}
              </Title>
              <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
                {(['outcome', 'topic'] as const).map((list) => (
                  <Words key={list} kind={kind} list={list} inUse={choices.of(kind, list)} away={choices.of(kind, list, true)} />
                ))}
              </SimpleGrid>
            </section>
          ))
        )}
      </Stack>
    </Page>
  );
}

interface WordsProps {
  kind: Kind;
  list: Choice['list'];
  inUse: readonly Choice[];
  away: readonly Choice[];
}

type Change = z.input<typeof ChoiceChange>;

function Words({ kind, list, inUse, away }: WordsProps) {
  const { t } = useTranslation();
  const can = useCan();
  const refresh = useRefresh();
  const { language } = useCompany();
  const [label, setLabel] = useState('');
  const [edited, setEdited] = useState<Choice>();
  const write = can('contact.write');
  const title = t(list === 'outcome' ? 'channels:log.choices.outcomes' : 'channels:log.choices.topics');
  const add = useSend<z.input<typeof NewChoice>, Choice>((body) => ({ path: '/contacts/choices', body }), {
    refreshes: ['/contacts/choices'],
    onDone: () => setLabel(''),
  });
  const change = useSend<Change & { id: string }, Choice>(
    ({ id, ...body }) => ({ method: 'PATCH', path: `/contacts/choices/${id}`, body }),
    {
      refreshes: ['/contacts/choices'],
    },
  );
  const archive = (choice: Choice) =>
    change.mutate(
      { id: choice.id, archived: true },
      {
        onSuccess: () =>
          tellUndo(t('channels:log.choices.archivedTold', { label: choice.label }), async () => {
            await call({ method: 'PATCH', path: `/contacts/choices/${choice.id}`, body: { archived: false } });
            await refresh('/contacts/choices');
          }),
      },
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (label.trim()) add.mutate({ kind, list, label: label.trim() });
  };
  return (
    <div>
      <Text size="sm" fw={600} component="h3" m={0}>
        {title}
      </Text>
      {inUse.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('channels:log.choices.empty')}
        </Text>
      )}
      <ol className={classes.words} aria-label={title}>
        {inUse.map((choice, n) => (
          <li key={choice.id}>
            <Kbd size="xs" aria-hidden style={{ visibility: n < 9 ? 'visible' : 'hidden' }}>
              {n + 1}
            </Kbd>
            <span>
              <span lang={language}>{choice.label}</span>
              {choice.followUpDays !== null && (
                <Text span size="xs" c="dimmed" ms={8}>
                  {t('channels:log.choices.daysShort', { count: choice.followUpDays })}
                </Text>
              )}
            </span>
            {write && (
              <Group gap={2} wrap="nowrap">
                <Tool
                  icon={IconArrowUp}
                  label={t('channels:log.choices.up', { label: choice.label })}
                  disabled={n === 0}
                  onClick={() => change.mutate({ id: choice.id, place: n - 1 })}
                />
                <Tool
                  icon={IconArrowDown}
                  label={t('channels:log.choices.down', { label: choice.label })}
                  disabled={n === inUse.length - 1}
                  onClick={() => change.mutate({ id: choice.id, place: n + 1 })}
                />
                <Tool icon={IconEdit} label={t('channels:log.choices.edit', { label: choice.label })} onClick={() => setEdited(choice)} />
                <Tool icon={IconTrash} label={t('channels:log.choices.archive', { label: choice.label })} onClick={() => archive(choice)} />
              </Group>
            )}
          </li>
        ))}
      </ol>
      {write && (
        <form onSubmit={submit}>
          <Group gap="sm" mt="sm" wrap="nowrap" align="flex-end">
            <TextInput
              style={{ flex: 1 }}
              label={t(list === 'outcome' ? 'channels:log.choices.addOutcome' : 'channels:log.choices.addTopic')}
              value={label}
              maxLength={80}
              onChange={(event) => setLabel(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" disabled={!label.trim()} loading={add.isPending}>
              {t('channels:log.choices.add')}
            </Button>
          </Group>
        </form>
      )}
      {away.length > 0 && (
        <>
          <Text size="xs" c="dimmed" fw={600} mt="md" component="h4" mb={0}>
            {t('channels:log.choices.archived')}
          </Text>
          <ul className={classes.words}>
            {away.map((choice) => (
              <li key={choice.id}>
                <span lang={language}>{choice.label}</span>
                {write && (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    aria-label={`${t('channels:log.choices.restore')}: ${choice.label}`}
                    onClick={() => change.mutate({ id: choice.id, archived: false })}
                  >
                    {t('channels:log.choices.restore')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {edited && <EditChoice choice={edited} onClose={() => setEdited(undefined)} />}
    </div>
  );
}

function Tool({
  icon: Picture,
  label,
  disabled = false,
  onClick,
}: {
  icon: typeof IconEdit;
  label: string;
  disabled?: boolean;
  onClick: () => void;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" variant="subtle" color="gray" aria-label={label} disabled={disabled} onClick={onClick}>
        <Picture size={14} />
      </ActionIcon>
    </Tooltip>
  );
}

function EditChoice({ choice, onClose }: { choice: Choice; onClose: () => void }) {
  const { t } = useTranslation();
  const [label, setLabel] = useState(choice.label);
  const [days, setDays] = useState<number | string>(choice.followUpDays ?? '');
  const save = useSend<Change, Choice>((body) => ({ method: 'PATCH', path: `/contacts/choices/${choice.id}`, body }), {
    refreshes: ['/contacts/choices'],
    onDone: onClose,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('channels:log.choices.edit', { label: choice.label })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ label: label.trim(), followUpDays: days === '' ? null : Number(days) });
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('channels:log.choices.label')}
            value={label}
            maxLength={80}
            data-autofocus
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
          {choice.list === 'outcome' && (
            <NumberInput
              label={t('channels:log.choices.days')}
              placeholder={t('channels:log.choices.daysNone')}
              value={days}
              min={0}
              max={365}
              allowDecimal={false}
              onChange={setDays}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" disabled={!label.trim()} loading={save.isPending}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
