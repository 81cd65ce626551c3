import type { FormTyped, NewForm } from '@vinculo/channels/api/replies';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ApiError } from '../../api/problem.ts';
import { usePage, useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Alert, Button, Checkbox, Group, Stack, Text, TextInput } from '../../ui/kit.ts';
import classes from './replies.module.css';
import type { Batch, Field, Reply } from './shapes.ts';
import { Sheets } from './sheets.tsx';

type Typed = z.infer<typeof FormTyped>;
type Values = Partial<Record<Field, string>>;

const TYPE: Partial<Record<Field, string>> = { email: 'email', mobile: 'tel', phone: 'tel' };
const WIDE = new Set<Field>(['address', 'notes', 'full_name']);

/** The sheet on the screen as it lies on the table: Tab from box to box, Enter saves, and the next is empty. */
export function TypeForms({ batch }: { batch: Batch }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const refresh = useRefresh();
  const first = useRef<HTMLInputElement>(null);
  const template = batch.template!;
  const [values, setValues] = useState<Values>({});
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [error, setError] = useState<ApiError>();
  const [alike, setAlike] = useState<Typed['alike']>([]);
  const [last, setLast] = useState<Typed>();
  const rows = usePage<Reply>('/replies', { batch: batch.id });
  const empty = () => {
    setValues({});
    setTicked([]);
    setAlike([]);
    setError(undefined);
    first.current?.focus();
  };
  const open = !batch.closed && can(['customer.write', 'customer.read_personal', 'contact.write']);
  useEffect(() => {
    if (open) first.current?.focus();
  }, [open]);

  const save = useSend<boolean, Typed>(
    (again) => ({
      path: `/reply-batches/${batch.id}/forms`,
      body: { fields: values, consents: [...ticked], again } satisfies z.input<typeof NewForm>,
    }),
    {
      onError: setError,
      onDone: async (typed) => {
        if (!typed.saved) return setAlike(typed.alike);
        setLast(typed);
        empty();
        await refresh('/replies', '/reply-batches', '/customers');
      },
    },
  );
  const send = (again: boolean) => {
    if (save.isPending) return;
    setError(undefined);
    save.mutate(again);
  };
  const undo = useSend<Reply, Reply>(({ id }) => ({ path: `/replies/${id}/undo`, body: {} }), {
    refreshes: ['/replies', '/reply-batches', '/customers'],
    onDone: () => first.current?.focus(),
  });
  const field = (name: string) => t(`imports:field.${name}`).toLowerCase();
  return (
    <div className={classes.desk}>
      <Stack gap="md">
        {open && (
          <form
            aria-label={template.name}
            onSubmit={(event) => {
              event.preventDefault();
              send(alike.length > 0);
            }}
          >
            <Stack gap="md">
              <div className={classes.form}>
                {template.fields.map((name, n) => (
                  <TextInput
                    key={name}
                    {...(n === 0 ? { ref: first } : {})}
                    {...(WIDE.has(name) ? { className: classes.wide! } : {})}
                    label={t(`imports:field.${name}`)}
                    type={TYPE[name] ?? 'text'}
                    value={values[name] ?? ''}
                    error={error?.fields?.[name]}
                    maxLength={name === 'notes' ? 500 : 200}
                    autoComplete="off"
                    spellCheck={false}
                    onChange={(event) => {
                      const { value } = event.currentTarget;
                      setValues((before) => ({ ...before, [name]: value }));
                      setAlike([]);
                    }}
                  />
                ))}
              </div>
              {template.consents.map(({ purpose, words }) => (
                <Checkbox
                  key={purpose}
                  label={[t(`customers:purpose.${purpose}`, { defaultValue: purpose }), words].filter(Boolean).join(': ')}
                  checked={ticked.includes(purpose)}
                  onChange={(event) => {
                    const { checked } = event.currentTarget;
                    setTicked((before) => (checked ? [...before, purpose] : before.filter((one) => one !== purpose)));
                  }}
                />
              ))}
              <ErrorNote error={error} />
              {alike.length > 0 && (
                <Alert variant="light" title={t('channels:replies.type.alike')} role="alert">
                  <Stack gap="sm" align="flex-start">
                    {alike.map(({ n, name, same }) => (
                      <Text key={n} size="sm">
                        {t('channels:replies.type.alikeRow', {
                          n,
                          name,
                          same: format.list(same.map((mark) => t(`channels:replies.type.same.${mark}`))),
                        })}
                      </Text>
                    ))}
                    <Group gap="sm">
                      <Button size="xs" onClick={() => send(true)}>
                        {t('channels:replies.type.again')}
                      </Button>
                      <Button size="xs" variant="default" onClick={empty}>
                        {t('channels:replies.type.skip')}
                      </Button>
                    </Group>
                  </Stack>
                </Alert>
              )}
              <Group justify="space-between">
                <Text size="xs" c="dimmed">
                  {t('channels:replies.type.help')}
                </Text>
                <Button type="submit" loading={save.isPending} disabled={Object.values(values).every((value) => !value?.trim())}>
                  {t('channels:replies.type.save')}
                </Button>
              </Group>
            </Stack>
          </form>
        )}
        <Text size="sm" role="status">
          {last?.saved &&
            [
              t('channels:replies.type.saved', { n: last.saved.n, name: last.saved.customer?.name ?? '' }),
              t(last.created ? 'channels:replies.type.newCustomer' : 'channels:replies.type.knownCustomer'),
              last.invalid.length > 0 ? t('channels:replies.type.invalid', { fields: format.list(last.invalid.map(field)) }) : '',
            ]
              .filter(Boolean)
              .join(' · ')}
        </Text>
      </Stack>
      <Sheets sheets={rows.rows} more={rows.more} onMore={rows.fetchMore} onUndo={(reply) => undo.mutate(reply)} />
    </div>
  );
}
