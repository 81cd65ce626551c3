import type { NewIssue } from '@vinculo/channels/api/replies';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ApiError } from '../../api/problem.ts';
import { useGet, useSend } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Group, Modal, NumberInput, Radio, Select, Stack, TextInput } from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';
import type { Issue } from './shapes.ts';

/** Codes for coupons about to be printed. */
export function NewCodes({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [campaign, setCampaign] = useState('');
  const [coupon, setCoupon] = useState('');
  const [until, setUntil] = useState('');
  const [whom, setWhom] = useState<'segment' | 'count'>('segment');
  const [segment, setSegment] = useState<string | null>(null);
  const [count, setCount] = useState<number | string>(100);
  const [error, setError] = useState<ApiError>();
  const segments = useGet<{ items: { id: string; name: string; kind: string }[] }>('/segments', { limit: 200 });
  const make = useSend<z.input<typeof NewIssue>, Issue>((body) => ({ path: '/reply-issues', body }), {
    refreshes: ['/reply-issues', '/jobs'],
    onError: setError,
    onDone: () => {
      tell(t('channels:replies.codes.told'));
      onClose();
    },
  });
  const ready = name.trim() && campaign.trim() && coupon.trim() && (whom === 'segment' ? segment : Number(count) > 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setError(undefined);
    make.mutate({
      name: name.trim(),
      campaign: { key: keyOf(campaign), name: campaign.trim() },
      coupon: coupon.trim(),
      validUntil: until || null,
      ...(whom === 'segment' ? { segment: segment! } : { count: Number(count) }),
    });
  };
  return (
    <Modal opened onClose={onClose} title={t('channels:replies.newCodes')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <ErrorNote error={error} />
          <TextInput
            label={t('channels:replies.codes.name')}
            value={name}
            maxLength={120}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('channels:replies.codes.campaign')}
            value={campaign}
            maxLength={100}
            onChange={(event) => setCampaign(event.currentTarget.value)}
          />
          <TextInput
            label={t('channels:replies.codes.coupon')}
            description={t('channels:replies.codes.couponHelp')}
            value={coupon}
            maxLength={100}
            onChange={(event) => setCoupon(event.currentTarget.value)}
          />
          <TextInput
            label={t('channels:replies.codes.validUntil')}
            type="date"
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
          <Radio.Group label={t('channels:replies.codes.for')} value={whom} onChange={(next) => setWhom(next as typeof whom)}>
            <Group mt="xs">
              <Radio value="segment" label={t('channels:replies.codes.segment')} />
              <Radio value="count" label={t('channels:replies.codes.count')} />
            </Group>
          </Radio.Group>
          {whom === 'segment' ? (
            <Select
              label={t('channels:replies.codes.segmentName')}
              data={(segments.data?.items ?? [])
                .filter(({ kind }) => kind !== 'prospects')
                .map(({ id, name: label }) => ({ value: id, label }))}
              value={segment}
              onChange={setSegment}
              searchable
            />
          ) : (
            <NumberInput
              label={t('channels:replies.codes.howMany')}
              value={count}
              min={1}
              max={100_000}
              allowDecimal={false}
              onChange={setCount}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" disabled={!ready} loading={make.isPending}>
              {t('channels:replies.codes.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** What facts know a campaign by: the same name is the same campaign. */
const keyOf = (name: string): string =>
  name
    .trim()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || name.trim();
