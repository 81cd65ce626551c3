import type { EnteredCustomer, NewCustomer } from '@vinculo/customer-file/api/live';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ApiError } from '../../api/problem.ts';
import { useSend } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Stack, TextInput } from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';
import classes from './contacts.module.css';

/** Somebody nobody knew, made in the middle of a call: what was typed becomes the name, or the number. */
export function NewPerson({ typed, onMade }: { typed: string; onMade: (who: { id: string; name: string }) => void }) {
  const { t } = useTranslation();
  const number = /\d{3}/.test(typed);
  const [name, setName] = useState(number ? '' : typed.trim());
  const [mobile, setMobile] = useState(number ? typed.trim() : '');
  const [email, setEmail] = useState('');
  const first = useRef<HTMLInputElement>(null);
  // Whoever asked for the form goes on typing in it.
  useEffect(() => first.current?.focus(), []);
  const [error, setError] = useState<ApiError>();
  const save = useSend<z.input<typeof NewCustomer>, z.infer<typeof EnteredCustomer>>((body) => ({ path: '/customers', body }), {
    refreshes: ['/customers'],
    onError: setError,
    onDone: ({ customerId, created }) => {
      tell(t(created ? 'channels:log.form.customerCreated' : 'channels:log.form.customerKnown'));
      onMade({ id: customerId, name: name.trim() || mobile.trim() || email.trim() });
    },
  });
  const given = { full_name: name.trim(), mobile: mobile.trim(), email: email.trim() };
  const send = () => {
    setError(undefined);
    save.mutate({ kind: 'person', ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')) });
  };
  const boxes = [
    { field: 'full_name', value: name, set: setName, type: 'text' },
    { field: 'mobile', value: mobile, set: setMobile, type: 'tel' },
    { field: 'email', value: email, set: setEmail, type: 'email' },
  ] as const;
  return (
    <Stack gap="sm" mt="sm">
      <ErrorNote error={error} />
      <div className={classes.pair}>
        {boxes.map(({ field, value, set, type }, n) => (
          <TextInput
            key={field}
            label={t(`imports:field.${field}`)}
            type={type}
            value={value}
            error={error?.fields?.[field]}
            maxLength={120}
            autoComplete="off"
            {...(n === 0 ? { ref: first } : {})}
            onChange={(event) => set(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              event.stopPropagation();
              send();
            }}
          />
        ))}
      </div>
      <Button
        variant="light"
        style={{ alignSelf: 'flex-start' }}
        loading={save.isPending}
        disabled={Object.values(given).every((value) => value === '')}
        onClick={send}
      >
        {t('channels:log.form.createCustomer')}
      </Button>
    </Stack>
  );
}
