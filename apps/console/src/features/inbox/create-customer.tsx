import type { EnteredCustomer, NewCustomer } from '@vinculo/customer-file/api/live';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ApiError } from '../../api/problem.ts';
import { useSend } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Group, Modal, SegmentedControl, Stack, TextInput } from '../../ui/kit.ts';
import type { Letter } from './letters.ts';

interface CreateCustomerProps {
  letter: Pick<Letter, 'senderName' | 'senderAddress' | 'kind'>;
  onClose: () => void;
  onMade: (customer: { id: string; name: string }) => void;
}

/** A customer made of who wrote: what the letter says of them is typed already. */
export function CreateCustomer({ letter, onClose, onMade }: CreateCustomerProps) {
  const { t } = useTranslation();
  const mail = letter.senderAddress.includes('@');
  const [kind, setKind] = useState<'person' | 'company'>('person');
  const [name, setName] = useState(letter.senderName.includes('@') ? '' : letter.senderName);
  const [email, setEmail] = useState(mail ? letter.senderAddress : '');
  const [phone, setPhone] = useState(mail || letter.kind === 'fax' ? '' : letter.senderAddress);
  const [error, setError] = useState<ApiError>();
  const called = kind === 'person' ? 'full_name' : 'company_name';
  const save = useSend<z.input<typeof NewCustomer>, z.infer<typeof EnteredCustomer>>((body) => ({ path: '/customers', body }), {
    refreshes: ['/customers'],
    onError: setError,
    onDone: ({ customerId }) => onMade({ id: customerId, name: name.trim() || email.trim() || phone.trim() }),
  });
  const given = Object.entries({ [called]: name.trim(), email: email.trim(), phone: phone.trim() }).filter(([, value]) => value !== '');
  return (
    <Modal opened onClose={onClose} title={t('channels:post.createCustomer')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setError(undefined);
          save.mutate({ kind, ...Object.fromEntries(given) });
        }}
      >
        <Stack gap="md">
          <ErrorNote error={error} />
          <SegmentedControl
            aria-label={t('imports:field.kind')}
            value={kind}
            onChange={(next) => setKind(next as 'person')}
            data={(['person', 'company'] as const).map((value) => ({ value, label: t(`customers:kind.${value}`) }))}
          />
          <TextInput
            label={t(`imports:field.${called}`)}
            value={name}
            error={error?.fields[called]}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <TextInput
            label={t('imports:field.email')}
            type="email"
            value={email}
            error={error?.fields.email}
            maxLength={200}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <TextInput
            label={t('imports:field.phone')}
            type="tel"
            value={phone}
            error={error?.fields.phone}
            maxLength={60}
            onChange={(event) => setPhone(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={given.length === 0}>
              {t('channels:post.createCustomer')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
