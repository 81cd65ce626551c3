import type { LetterMade, NewLetter } from '@vinculo/channels/api/letters';
import type { CustomerSummary } from '@vinculo/customer-file/api/customers';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ApiError } from '../../api/problem.ts';
import { useGet, useSend } from '../../api/queries.ts';
import { useCompany } from '../../app/company.ts';
import { useWords } from '../../app/search.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { IconX } from '../../ui/icons.ts';
import { ActionIcon, Button, Group, SegmentedControl, Select, Stack, Text, Textarea, TextInput } from '../../ui/kit.ts';
import { useGo } from '../../ui/link.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { tell } from '../../ui/tell.tsx';
import { CustomerSearch } from './customer-search.tsx';
import classes from './inbox.module.css';
import { FORMS, LETTERS } from './letters.ts';
import { type Scan, ScanDrop } from './scan-drop.tsx';
import type { NewLetterSearch } from './search.ts';

type Body = z.input<typeof NewLetter>;

/** A letter or a fax into the register: its scan at the left, what it is at the right. Without a customer it goes to the tray. */
export default function RegisterLetter() {
  const { t } = useTranslation();
  const go = useGo();
  const today = useToday();
  const [words] = useWords<NewLetterSearch>();
  const [kind, setKind] = useState<'post' | 'fax'>(words.kind ?? 'post');
  const [direction, setDirection] = useState<'in' | 'out'>('in');
  const [form, setForm] = useState<(typeof FORMS)[number]>('letter');
  const [receivedOn, setReceivedOn] = useState(today);
  const [customer, setCustomer] = useState<{ id: string; name: string } | null>();
  const [senderName, setSenderName] = useState('');
  const [senderAddress, setSenderAddress] = useState('');
  const [topic, setTopic] = useState('');
  const [note, setNote] = useState('');
  const [scans, setScans] = useState<readonly Scan[]>([]);
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<ApiError>();
  const given = useGet<z.infer<typeof CustomerSummary>>(`/customers/${words.customer}`, {}, { enabled: words.customer !== undefined });
  // Null is nobody, chosen; undefined is whoever the link brought.
  const owner = customer === undefined ? (given.data ? { id: given.data.id, name: given.data.name } : undefined) : customer;

  const save = useSend<{ body: Body; another: boolean }, z.infer<typeof LetterMade>>(({ body }) => ({ path: '/letters', body }), {
    refreshes: LETTERS,
    onError: setError,
    onDone: ({ id, number }, { another }) => {
      tell(t('channels:post.registerForm.done', { number }));
      if (!another) return void go({ to: '/inbox/$id', params: { id } });
      setScans([]);
      setCustomer(null);
      setSenderName('');
      setSenderAddress('');
      setTopic('');
      setNote('');
    },
  });
  return (
    <Page title={t('channels:post.registerTitle')}>
      <form
        className={classes.register}
        onSubmit={(event) => {
          event.preventDefault();
          setError(undefined);
          const { submitter } = event.nativeEvent as SubmitEvent;
          const body = {
            kind,
            direction,
            form,
            receivedOn,
            customerId: owner?.id ?? null,
            senderName: senderName.trim(),
            senderAddress: senderAddress.trim(),
            topic: topic.trim(),
            note: note.trim(),
            documents: scans.map(({ id }) => id),
          };
          save.mutate({ body, another: submitter?.dataset.another !== undefined });
        }}
      >
        <ScanDrop scans={scans} onScans={(next) => setScans(next)} onBusy={setSending} />
        <Stack gap="md">
          <ErrorNote error={error} />
          <Group gap="md">
            <SegmentedControl
              aria-label={t('channels:post.registerForm.medium')}
              value={kind}
              onChange={(next) => setKind(next as 'post')}
              data={(['post', 'fax'] as const).map((value) => ({ value, label: t(`channels:post.kind.${value}`) }))}
            />
            <SegmentedControl
              aria-label={t('channels:post.registerForm.direction')}
              value={direction}
              onChange={(next) => setDirection(next as 'in')}
              data={(['in', 'out'] as const).map((value) => ({ value, label: t(`channels:post.direction.${value}`) }))}
            />
          </Group>
          {owner ? (
            <Group gap="xs">
              <Text fw={600} role="status">
                {t('channels:post.found', { name: owner.name })}
              </Text>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('channels:post.removeCustomer', { name: owner.name })}
                onClick={() => setCustomer(null)}
              >
                <IconX size={16} />
              </ActionIcon>
            </Group>
          ) : (
            <div>
              <CustomerSearch label={t('channels:post.registerForm.customer')} onPick={setCustomer} />
              <Text size="xs" c="dimmed" mt={4}>
                {t('channels:post.registerForm.customerHelp')}
              </Text>
            </div>
          )}
          <TextInput
            label={t(direction === 'in' ? 'channels:post.registerForm.sender' : 'channels:post.registerForm.recipient')}
            description={t('channels:post.registerForm.senderHelp')}
            value={senderName}
            maxLength={200}
            error={error?.fields.senderName}
            onChange={(event) => setSenderName(event.currentTarget.value)}
          />
          {kind === 'fax' && (
            <TextInput
              label={t('channels:post.registerForm.address')}
              value={senderAddress}
              maxLength={200}
              onChange={(event) => setSenderAddress(event.currentTarget.value)}
            />
          )}
          <TextInput
            label={t('channels:post.registerForm.topic')}
            value={topic}
            maxLength={300}
            onChange={(event) => setTopic(event.currentTarget.value)}
          />
          <Group grow>
            <Select
              label={t('channels:post.registerForm.form')}
              value={form}
              onChange={(next) => next && setForm(next as typeof form)}
              data={FORMS.map((value) => ({ value, label: t(`channels:post.form.${value}`) }))}
            />
            <TextInput
              type="date"
              label={t('channels:post.registerForm.receivedOn')}
              required
              max={today}
              value={receivedOn}
              error={error?.fields.receivedOn}
              onChange={(event) => setReceivedOn(event.currentTarget.value)}
            />
          </Group>
          <Textarea
            label={t('channels:post.registerForm.note')}
            autosize
            minRows={2}
            maxLength={5_000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <LinkButton to="/inbox" variant="default">
              {t('common:cancel')}
            </LinkButton>
            <Button
              type="submit"
              variant="light"
              disabled={sending || receivedOn === ''}
              data-another
              loading={save.isPending && save.variables.another}
            >
              {t('channels:post.registerForm.another')}
            </Button>
            <Button type="submit" disabled={sending || receivedOn === ''} loading={save.isPending && !save.variables.another}>
              {t('channels:post.registerForm.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}

/** The day where the business is. */
function useToday(): string {
  const { timeZone } = useCompany();
  const [now] = useState(() => new Date());
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now);
}
