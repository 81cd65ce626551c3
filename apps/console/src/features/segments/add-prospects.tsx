import type { ProspectsAdded } from '@vinculo/segments/api';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useSend } from '../../api/queries.ts';
import { Button, Group, Modal, SegmentedControl, Select, Stack, Textarea, TextInput } from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';
import type { Seg } from './segment.tsx';

type Added = z.infer<typeof ProspectsAdded>;

const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

/** `Name; e-mail; telephone; company`, one person a line. */
function pastedPeople(text: string) {
  return text
    .split(/\r?\n/)
    .map((line) => line.split(/[;\t]/).map((cell) => cell.trim()))
    .filter(([name]) => name)
    .map(([name = '', email = '', phone = '', company = '']) => ({ name, email, phone, company }));
}

/** One person, or several pasted; where they come from and whether they may be written to is asked once for all. */
export function AddProspects({ segment, onClose }: { segment: Seg; onClose: () => void }) {
  const { t } = useTranslation();
  const [how, setHow] = useState<'one' | 'many'>('one');
  const [person, setPerson] = useState({ name: '', email: '', phone: '', company: '' });
  const [text, setText] = useState('');
  const [origin, setOrigin] = useState('');
  const [consent, setConsent] = useState<string>('unknown');
  const [proof, setProof] = useState('');
  const people = how === 'one' ? (person.name.trim() ? [person] : []) : pastedPeople(text);
  const wrong = people.find(({ email }) => email.trim() !== '' && !EMAIL.test(email.trim()));
  const add = useSend<void, Added>(
    () => ({
      path: `/segments/${segment.id}/prospects`,
      body: {
        prospects: people.map((one) => ({
          ...Object.fromEntries(Object.entries(one).filter(([, value]) => value.trim() !== '')),
          origin: origin.trim(),
          ...(consent === 'unknown' ? {} : { consent: consent === 'yes' }),
          ...(proof.trim() ? { consentProof: proof.trim() } : {}),
        })),
      },
    }),
    {
      refreshes: ['/segments'],
      onDone: ({ added, already, customers }) => {
        const said = [
          t('segments:prospects.added', { count: added }),
          already > 0 && t('segments:prospects.already', { count: already }),
          customers.length > 0 && t('segments:prospects.customers', { count: customers.length }),
        ];
        tell(said.filter(Boolean).join(' · '));
        onClose();
      },
    },
  );
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (people.length > 0 && !wrong && origin.trim() !== '') add.mutate();
  };
  const field = (name: keyof typeof person, label: string) => (
    <TextInput
      label={label}
      value={person[name]}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setPerson((before) => ({ ...before, [name]: value }));
      }}
    />
  );
  return (
    <Modal opened onClose={onClose} title={t('segments:prospects.title')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form onSubmit={send}>
        <Stack gap="md">
          <SegmentedControl
            value={how}
            onChange={(next) => setHow(next as 'one')}
            data={[
              { value: 'one', label: t('segments:prospects.one') },
              { value: 'many', label: t('segments:prospects.many') },
            ]}
          />
          {how === 'one' ? (
            <>
              {field('name', t('segments:prospects.name'))}
              {field('email', t('segments:prospects.email'))}
              {field('phone', t('segments:prospects.phone'))}
              {field('company', t('segments:prospects.company'))}
            </>
          ) : (
            <Textarea
              label={t('segments:prospects.pasteLabel')}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              autosize
              minRows={5}
              maxRows={12}
            />
          )}
          <TextInput
            label={t('segments:prospects.origin')}
            description={t('segments:prospects.originHint')}
            value={origin}
            onChange={(event) => setOrigin(event.currentTarget.value)}
            required
            withAsterisk={false}
          />
          <Select
            label={t('segments:prospects.consent')}
            data={[
              { value: 'unknown', label: t('segments:prospects.consentUnknown') },
              { value: 'yes', label: t('segments:prospects.consentYes') },
              { value: 'no', label: t('segments:prospects.consentNo') },
            ]}
            value={consent}
            allowDeselect={false}
            onChange={(next) => next && setConsent(next)}
            error={wrong ? t('segments:prospects.badEmail', { email: wrong.email }) : undefined}
          />
          {consent === 'yes' && (
            <TextInput label={t('segments:prospects.proof')} value={proof} onChange={(event) => setProof(event.currentTarget.value)} />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={add.isPending} disabled={people.length === 0 || wrong !== undefined || origin.trim() === ''}>
              {t('segments:add.go')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
