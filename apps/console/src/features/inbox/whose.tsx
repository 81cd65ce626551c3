import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../app/session.ts';
import { IconArrowBackUp, IconBan, IconChevronDown, IconUserPlus } from '../../ui/icons.ts';
import { Button, Checkbox, Group, Kbd, Menu, Stack, Text, useHotkeys } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { usePhone } from '../../ui/screen-size.ts';
import { CreateCustomer } from './create-customer.tsx';
import { CustomerSearch } from './customer-search.tsx';
import classes from './inbox.module.css';
import type { Letter } from './letters.ts';
import type { Deciding } from './use-decide.ts';
import { useSuggestions } from './use-suggestions.ts';

/** Says whose a letter is: the suggestions by number, a search, a new customer, or nobody's. */
export function Whose({ letter, deciding }: { letter: Letter; deciding: Deciding }) {
  const { t } = useTranslation();
  const can = useCan();
  if (letter.customer && letter.state === 'assigned') return <Owner letter={letter} customer={letter.customer} deciding={deciding} />;
  if (!can('contact.write')) return null;
  return (
    <section className={classes.panel} aria-label={t('channels:post.whose')}>
      <h2>{t('channels:post.whose')}</h2>
      <Choices letter={letter} deciding={deciding} />
    </section>
  );
}

function Owner({ letter, customer, deciding }: { letter: Letter; customer: { id: string; name: string }; deciding: Deciding }) {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <section className={classes.panel} aria-label={t('channels:post.whose')}>
      <Group justify="space-between">
        <div>
          <Link to="/customers/$id" params={{ id: customer.id }} fw={600}>
            {customer.name}
          </Link>
          {letter.decidedBy && (
            <Text size="xs" c="dimmed">
              {t('channels:post.decidedBy', { name: letter.decidedBy })}
            </Text>
          )}
        </div>
        {can('contact.write') && (
          <Button
            size="xs"
            variant="default"
            title={t('channels:post.giveBackHelp')}
            leftSection={<IconArrowBackUp size={14} />}
            onClick={() => deciding.giveBack(letter.id)}
          >
            {t('channels:post.giveBack')}
          </Button>
        )}
      </Group>
    </section>
  );
}

function Choices({ letter, deciding }: { letter: Letter; deciding: Deciding }) {
  const { t } = useTranslation();
  const can = useCan();
  const phone = usePhone();
  const box = useRef<HTMLInputElement>(null);
  const suggestions = useSuggestions(letter);
  const [remember, setRemember] = useState(true);
  const [creating, setCreating] = useState(false);
  const address = letter.hidden ? '' : letter.senderAddress;
  const creates = can(['customer.write', 'customer.read_personal']);
  const assign = (customer: { id: string; name: string }) =>
    deciding.assign({ id: letter.id, customer, remember: remember && address.includes('@') });
  useHotkeys([
    ...suggestions.map((one, n): [string, () => void] => [String(n + 1), () => assign(one)]),
    ['b', () => box.current?.focus()],
    ['n', () => creates && setCreating(true)],
    ['x', () => deciding.stranger({ id: letter.id, scope: 'once' })],
  ]);
  return (
    <Stack gap="sm">
      {suggestions.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('channels:post.nobody')}
        </Text>
      )}
      {suggestions.map((one, n) => (
        <button
          key={one.id}
          type="button"
          className={classes.suggestion}
          onClick={() => assign(one)}
          disabled={deciding.busy}
          aria-label={t('channels:post.assignTo', { name: one.name })}
        >
          {!phone && <Kbd size="xs">{n + 1}</Kbd>}
          <span>
            <b>{one.name}</b>
            <small>{[one.why, one.city].filter(Boolean).join(' · ')}</small>
          </span>
        </button>
      ))}
      <CustomerSearch label={t('channels:post.searchCustomer')} onPick={assign} box={box} />
      {address.includes('@') && (
        <Checkbox
          size="sm"
          checked={remember}
          onChange={(event) => setRemember(event.currentTarget.checked)}
          label={t('channels:post.remember', { address })}
          description={letter.alsoWaiting > 0 ? t('channels:post.alsoWaiting', { count: letter.alsoWaiting }) : undefined}
        />
      )}
      <Group gap="xs">
        {creates && (
          <Button size="xs" variant="light" leftSection={<IconUserPlus size={14} />} onClick={() => setCreating(true)}>
            {t('channels:post.createCustomer')}
          </Button>
        )}
        <StrangerMenu letter={letter} address={address} deciding={deciding} />
      </Group>
      {creating && (
        <CreateCustomer
          letter={letter}
          onClose={() => setCreating(false)}
          onMade={(customer) => {
            setCreating(false);
            assign(customer);
          }}
        />
      )}
    </Stack>
  );
}

function StrangerMenu({ letter, address, deciding }: { letter: Letter; address: string; deciding: Deciding }) {
  const { t } = useTranslation();
  const domain = address.slice(address.lastIndexOf('@'));
  const say = (scope: 'once' | 'address' | 'domain') => deciding.stranger({ id: letter.id, scope });
  if (letter.state === 'stranger') {
    return (
      <Button size="xs" variant="default" leftSection={<IconArrowBackUp size={14} />} onClick={() => deciding.giveBack(letter.id)}>
        {t('channels:post.openInbox')}
      </Button>
    );
  }
  if (!address.includes('@')) {
    return (
      <Button size="xs" variant="default" leftSection={<IconBan size={14} />} onClick={() => say('once')}>
        {t('channels:post.stranger')}
      </Button>
    );
  }
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconBan size={14} />} rightSection={<IconChevronDown size={14} />}>
          {t('channels:post.stranger')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => say('once')}>{t('channels:post.strangerOnce')}</Menu.Item>
        <Menu.Item onClick={() => say('address')}>{t('channels:post.strangerAddress', { address })}</Menu.Item>
        <Menu.Item onClick={() => say('domain')}>{t('channels:post.strangerDomain', { domain })}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Which keys do what. */
export function KeysHelp() {
  const { t } = useTranslation();
  const keys: [string, string][] = [
    ['J K', 'move'],
    ['1 – 5', 'pick'],
    ['B', 'search'],
    ['N', 'create'],
    ['X', 'stranger'],
    ['Z', 'undo'],
  ];
  return (
    <Group gap="xs" role="note" aria-label={t('channels:post.keys.title')}>
      {keys.map(([key, what]) => (
        <Text key={key} size="xs" c="dimmed">
          <Kbd size="xs">{key}</Kbd> {t(`channels:post.keys.${what}`)}
        </Text>
      ))}
    </Group>
  );
}
