import { useTranslation } from 'react-i18next';
import { Fieldset, Select, SimpleGrid, Stack, Switch, TagsInput, TextInput } from '../../ui/kit.ts';
import type { HookMapping } from './schemas.ts';

type Put = (mapping: HookMapping, path: string) => HookMapping;

interface MappingFieldsProps {
  mapping: HookMapping;
  onMapping: (mapping: HookMapping) => void;
  /** What is being written in: clicked values go there. */
  onTarget: (target: { put: Put; list: string }) => void;
}

const CUSTOMER = [
  'full_name',
  'given_name',
  'surname',
  'email',
  'mobile',
  'phone',
  'national_id',
  'birth_date',
  'company_name',
  'address',
  'postcode',
  'city',
  'province',
  'country',
  'language',
];
const MORE = [
  'kind',
  'surname1',
  'surname2',
  'trade_name',
  'gender',
  'street_number',
  'floor_door',
  'job_title',
  'department',
  'company_tax_id',
  'notes',
  'created_at',
  'updated_at',
];
const ORDER = ['order_key', 'occurred_at', 'currency', 'channel', 'store'];
const LINE = ['line_key', 'product_key', 'quantity', 'unit_price', 'amount', 'list_amount', 'discount', 'coupon_discount', 'cost'];
const CONTACT = ['contact_key', 'occurred_at', 'channel', 'direction', 'topic', 'outcome', 'agent', 'text'];

/** Every field with the path that leads to it. */
export function MappingFields({ mapping, onMapping, onTarget }: MappingFieldsProps) {
  const { t } = useTranslation();
  const field = (id: string, label: string, value: string, put: Put, list = mapping.each) => (
    <TextInput
      key={id}
      label={label}
      value={value}
      onChange={(event) => onMapping(put(mapping, event.currentTarget.value))}
      onFocus={() => onTarget({ put, list })}
      styles={{ input: { fontFamily: 'monospace', fontSize: 13 } }}
    />
  );
  const name = (id: string) => t(`imports:field.${id}`, { defaultValue: id });
  const ofCustomer = (id: string) =>
    field(`customer.${id}`, name(id), mapping.customer.fields[id] ?? '', (now, path) => ({
      ...now,
      customer: { ...now.customer, fields: { ...now.customer.fields, [id]: path } },
    }));
  const shown = [...CUSTOMER, ...MORE.filter((id) => mapping.customer.fields[id] !== undefined)];
  const ofPurchase = (id: string, list: string) =>
    field(
      `purchase.${id}`,
      name(id),
      mapping.purchase?.fields[id] ?? '',
      (now, path) => ({
        ...now,
        purchase: { lines: now.purchase?.lines ?? '', fields: { ...now.purchase?.fields, [id]: path } },
      }),
      list,
    );
  return (
    <Stack gap="md">
      <Fieldset legend={t('webhooks:mapping.what')}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {field('each', t('webhooks:mapping.each'), mapping.each, (now, path) => ({ ...now, each: path.replace(/\[0\].*$/, '') }), '')}
          {field('only', t('webhooks:mapping.only'), mapping.only?.path ?? '', (now, path) => ({
            ...now,
            only: path === '' ? null : { path, values: now.only?.values ?? [] },
          }))}
          {mapping.only && (
            <TagsInput
              label={t('webhooks:mapping.onlyValues')}
              value={mapping.only.values}
              onChange={(values) => onMapping({ ...mapping, only: { path: mapping.only!.path, values } })}
            />
          )}
        </SimpleGrid>
      </Fieldset>
      <Fieldset legend={t('webhooks:mapping.customer')}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {field('key', t('webhooks:mapping.key'), mapping.customer.key, (now, path) => ({
            ...now,
            customer: { ...now.customer, key: path },
          }))}
          {shown.map(ofCustomer)}
        </SimpleGrid>
        <Select
          mt="md"
          label={t('webhooks:mapping.more')}
          value={null}
          searchable
          data={MORE.filter((id) => !shown.includes(id)).map((id) => ({ value: id, label: name(id) }))}
          onChange={(id) =>
            id && onMapping({ ...mapping, customer: { ...mapping.customer, fields: { ...mapping.customer.fields, [id]: '' } } })
          }
          maw={280}
        />
      </Fieldset>
      <Switch
        label={t('webhooks:mapping.purchase')}
        checked={mapping.purchase !== null}
        onChange={(event) => onMapping({ ...mapping, purchase: event.currentTarget.checked ? { lines: '', fields: {} } : null })}
      />
      {mapping.purchase && (
        <Fieldset legend={t('webhooks:mapping.order')}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {ORDER.map((id) => ofPurchase(id, mapping.each))}
            {field('lines', t('webhooks:mapping.lines'), mapping.purchase.lines, (now, path) => ({
              ...now,
              purchase: { fields: now.purchase?.fields ?? {}, lines: path.replace(/\[0\].*$/, '') },
            }))}
            {LINE.map((id) => ofPurchase(id, lineList(mapping)))}
          </SimpleGrid>
        </Fieldset>
      )}
      <Switch
        label={t('webhooks:mapping.contact')}
        checked={mapping.contact !== null}
        onChange={(event) => onMapping({ ...mapping, contact: event.currentTarget.checked ? { fields: {} } : null })}
      />
      {mapping.contact && (
        <Fieldset legend={t('webhooks:mapping.contactFields')}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {CONTACT.map((id) =>
              field(`contact.${id}`, name(id), mapping.contact?.fields[id] ?? '', (now, path) => ({
                ...now,
                contact: { fields: { ...now.contact?.fields, [id]: path } },
              })),
            )}
          </SimpleGrid>
        </Fieldset>
      )}
    </Stack>
  );
}

/** Where the lines are, from the top of the message. */
function lineList({ each, purchase }: HookMapping): string {
  const lines = purchase?.lines ?? '';
  if (lines === '') return each;
  if (lines.startsWith('$')) return lines.replace(/^\$\.?/, '');
  return each === '' ? lines : `${each}[0].${lines}`;
}
