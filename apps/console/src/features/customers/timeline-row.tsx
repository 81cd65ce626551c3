import type { Note, TimelineItem } from '@vinculo/customer-file/api/customers';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useRefresh, useSend } from '../../api/queries.ts';
import { useFormat } from '../../ui/format.ts';
import {
  type Icon,
  IconGitMerge,
  IconMail,
  IconMapPin,
  IconMessage,
  IconNote,
  IconPhone,
  IconShieldCheck,
  IconShoppingCart,
  IconTicket,
  IconTrash,
  IconWorld,
} from '../../ui/icons.ts';
import { ActionIcon, Group, Text, Tooltip } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { tellUndo } from '../../ui/tell.tsx';
import { didWords } from '../events/event-words.ts';

type Item = z.infer<typeof TimelineItem>;
type Data = Record<string, string | undefined>;

const ICONS: Record<Item['kind'], Icon> = {
  purchase: IconShoppingCart,
  contact: IconPhone,
  campaign: IconMail,
  redemption: IconTicket,
  event: IconWorld,
  consent: IconShieldCheck,
  note: IconNote,
  identity: IconGitMerge,
};

/** A contact that somebody wrote down: its id is of its time (UUIDv7); those of files are made of their content. */
const WRITTEN = /^contact:[0-9a-f]{8}-[0-9a-f]{4}-7/;
/** What was written opens where it is read, with its scan. */
const BY_LETTER = new Set(['email', 'post', 'fax']);

/** One fact: what happened, what it was about, where and when. */
export function TimelineRow({ item }: { item: Item }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Picture =
    item.kind !== 'contact' || /phone|tel|llamada/i.test(item.channel)
      ? ICONS[item.kind]
      : item.channel === 'visit'
        ? IconMapPin
        : IconMessage;
  const { title, detail } = useWordsOf(item);
  return (
    <li style={{ display: 'flex', gap: 12, padding: '8px 0', borderBottom: '1px solid var(--v-line)' }}>
      <Picture size={18} aria-hidden style={{ flex: 'none', marginTop: 2, color: 'var(--mantine-color-dimmed)' }} />
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" fw={600} component="h3" m={0}>
          {title}
        </Text>
        {detail && (
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
            {detail}
          </Text>
        )}
      </div>
      <Group gap="xs" align="flex-start" wrap="nowrap" style={{ flex: 'none' }}>
        <Tooltip label={format.dateTime(item.at)}>
          <Text component="time" dateTime={item.at} size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
            {format.date(item.at)}
          </Text>
        </Tooltip>
        {item.kind === 'contact' && WRITTEN.test(item.id) && (
          <Link
            to={BY_LETTER.has(item.channel) ? '/inbox/$id' : '/contacts/$id'}
            params={{ id: item.id.slice('contact:'.length) }}
            size="xs"
          >
            {t('channels:log.open')}
          </Link>
        )}
        {item.kind === 'note' && <RemoveNote id={String(item.data.noteId)} label={t('customers:note.remove')} />}
      </Group>
    </li>
  );
}

function RemoveNote({ id, label }: { id: string; label: string }) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const remove = useSend<void, z.infer<typeof Note>>(() => ({ method: 'DELETE', path: `/notes/${id}` }), {
    onDone: async () => {
      await refresh('/customers');
      tellUndo(t('customers:note.removed'), async () => {
        await call({ method: 'POST', path: `/notes/${id}/restore` });
        await refresh('/customers');
      });
    },
  });
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" variant="subtle" color="gray" aria-label={label} loading={remove.isPending} onClick={() => remove.mutate()}>
        <IconTrash size={14} />
      </ActionIcon>
    </Tooltip>
  );
}

function useWordsOf(item: Item): { title: string; detail: string } {
  const { t } = useTranslation();
  const format = useFormat();
  const data = item.data as Data;
  const channel = item.channel ? t(`customers:channel.${item.channel}`, { defaultValue: item.channel }) : '';
  switch (item.kind) {
    case 'purchase': {
      const products = Array.isArray(item.data.products) ? (item.data.products as string[]) : [];
      const lines = Number(data.lines ?? 0);
      const more = lines - products.length;
      const money = { amount: data.amount ?? '0', currency: data.currency || 'EUR' };
      const returned = Number(data.amount) < 0;
      const saved = Number(data.saved ?? 0);
      return {
        title: [
          t(returned ? 'customers:timeline.returned' : 'customers:timeline.bought', { amount: format.money(money), count: lines }),
          channel,
        ]
          .filter(Boolean)
          .join(' · '),
        detail: [
          products.slice(0, 4).join(', ') +
            (more > 0 || products.length > 4 ? ` ${t('customers:timeline.andMore', { count: lines - Math.min(products.length, 4) })}` : ''),
          saved > 0 ? t('customers:timeline.saved', { amount: format.money({ amount: String(saved), currency: money.currency }) }) : '',
        ]
          .filter((text) => text.trim())
          .join('\n'),
      };
    }
    case 'contact':
      return {
        title: [
          data.topic || t('customers:timeline.kind.contact'),
          channel,
          data.direction && t(`customers:direction.${data.direction}`, { defaultValue: data.direction }),
        ]
          .filter(Boolean)
          .join(' · '),
        detail: [data.outcome, data.text, data.agent].filter(Boolean).join(' · '),
      };
    case 'campaign':
      return {
        title: [t('customers:timeline.campaign', { name: data.campaignName ?? data.campaign }), channel].filter(Boolean).join(' · '),
        detail: data.response ? t('customers:timeline.responded', { response: data.response }) : t('customers:timeline.noResponse'),
      };
    case 'redemption':
      return {
        title: t('customers:timeline.redeemed', { coupon: data.coupon }),
        detail: [
          data.campaignName && t('customers:timeline.ofCampaign', { name: data.campaignName }),
          data.order && t('customers:timeline.inOrder', { order: data.order }),
        ]
          .filter(Boolean)
          .join(' · '),
      };
    case 'event': {
      const products = Array.isArray(item.data.products) ? (item.data.products as string[]) : [];
      const { type = '', name = '', path = '', search = '' } = data;
      const told = didWords(t, { type, name, path, products, search });
      const amount = data.value ? format.money({ amount: data.value, currency: data.currency || 'EUR' }) : '';
      return { title: [told, channel].filter(Boolean).join(' · '), detail: [amount, type === 'track' && path].filter(Boolean).join(' · ') };
    }
    case 'consent': {
      const granted = item.data.granted === true;
      return {
        title: t(granted ? 'customers:timeline.granted' : 'customers:timeline.withdrew', {
          purpose: t(`customers:purpose.${data.purpose}`, { defaultValue: data.purpose ?? '' }),
        }),
        detail: [channel, data.proof].filter(Boolean).join(' · '),
      };
    }
    case 'note':
      return { title: data.author ?? '', detail: data.body ?? '' };
    default: {
      const count = Number(data.records ?? 0);
      return {
        title: t(`customers:timeline.identity.${data.change}`, { count }),
        detail: [data.by && t('customers:timeline.by', { name: data.by }), data.reason].filter(Boolean).join(' · '),
      };
    }
  }
}
