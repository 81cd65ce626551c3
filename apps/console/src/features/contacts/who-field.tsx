import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { IconSearch, IconUser, IconUserPlus } from '../../ui/icons.ts';
import { Button, Group, Text, TextInput, useDebouncedValue } from '../../ui/kit.ts';
import { CustomerHits, type Hit, hitsOf, pointed } from '../customers/customer-hits.tsx';
import classes from './contacts.module.css';
import { NewPerson } from './new-person.tsx';

/** Who it was with: a customer, or nobody known. */
export type Who = { id: string; name: string } | 'unknown';

const LEAST = 3;

interface WhoFieldProps {
  who: Who | undefined;
  onWho: (who: Who | undefined) => void;
  /** Something is being typed: the call has begun. */
  onTyping: () => void;
  /** Nobody known is no answer here. */
  certain?: true;
  /** The number of an outcome, pressed before the answer came. */
  onAhead?: (number: number) => void;
  /** A telephone number that calls: searched for at once. */
  phone?: string | undefined;
}

/** Three letters of a name or some digits, Enter takes the first. Whoever is new is made here; a call of nobody known is kept, too. */
export function WhoField({ who, onWho, onTyping, onAhead, phone, certain }: WhoFieldProps) {
  const { t } = useTranslation();
  const can = useCan();
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(phone ?? '');
  const [at, setAt] = useState(0);
  const [making, setMaking] = useState(false);
  /** Enter came before the answer did. */
  const [hurried, setHurried] = useState(false);
  const asked = searchable(typed);
  const [late] = useDebouncedValue(asked, 100);
  const searching = asked.length >= LEAST;
  const { data, isPlaceholderData, isFetching } = useGet<{ hits: Hit[] }>(
    '/customers/search',
    { q: late, limit: 8 },
    { enabled: late.length >= LEAST && who === undefined, keep: true, staleTime: 20_000 },
  );
  const current = late === asked && !isPlaceholderData;
  const hits = searching ? (data?.hits ?? []) : [];
  const nobody = searching && current && !isFetching && data !== undefined && hits.length === 0;
  const fromCall = phone !== undefined && typed === phone;

  // Whoever calls from a number that is one customer's is that customer; and Enter pressed too early counts once the answer is there.
  useEffect(() => {
    if (who !== undefined || !current || !data) return;
    const [first] = data.hits;
    if (first && (hurried || (fromCall && data.hits.length === 1))) {
      onWho({ id: first.id, name: first.name });
    }
  }, [who, current, data, hurried, fromCall, onWho]);
  useEffect(() => {
    if (who === undefined) box.current?.focus();
  }, [who]);

  if (who !== undefined) {
    return (
      <div className={classes.picked}>
        <IconUser size={18} aria-hidden />
        <Text fw={600} role="status">
          {who === 'unknown' ? t('channels:log.form.unknownPicked') : who.name}
        </Text>
        {who === 'unknown' && (
          <Text size="sm" c="dimmed">
            {t('channels:log.form.unknownHelp')}
          </Text>
        )}
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            setTyped('');
            setHurried(false);
            onWho(undefined);
          }}
        >
          {t('channels:log.form.change')}
        </Button>
      </div>
    );
  }
  const pick = (hit: Hit) => onWho({ id: hit.id, name: hit.name });
  const onKeyDown = (event: KeyboardEvent) => {
    if (hurried && onAhead && /^[1-9]$/.test(event.key)) {
      event.preventDefault();
      return onAhead(Number(event.key));
    }
    const next = pointed(event, at, hits);
    if (next !== undefined) setAt(next);
    else if (event.key === 'Enter') {
      event.preventDefault();
      if (current && hits[at]) pick(hits[at]);
      else if (searching && !nobody) setHurried(true);
      else if (nobody && can(['customer.write', 'customer.read_personal'])) setMaking(true);
    } else if (event.key === 'Escape' && typed !== '') {
      event.preventDefault();
      setTyped('');
    }
  };
  return (
    <div className={classes.who}>
      <TextInput
        ref={box}
        label={t('channels:log.form.who')}
        description={t('channels:log.form.whoHelp')}
        leftSection={<IconSearch size={16} />}
        value={typed}
        maxLength={120}
        autoComplete="off"
        {...hitsOf(id, hits, at)}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
          setHurried(false);
          setMaking(false);
          onTyping();
        }}
      />
      {fromCall && current && hits.length > 1 && (
        <Text size="sm" mt={4} role="status">
          {t('channels:log.form.several', { count: hits.length })}
        </Text>
      )}
      <CustomerHits id={id} label={t('channels:log.form.hits')} hits={hits} at={at} onPoint={setAt} onPick={pick} onKeyDown={onKeyDown} />
      {nobody && (
        <Text size="sm" mt={4} role="status">
          {fromCall ? t('channels:log.form.incomingNobody', { phone: typed }) : t('channels:log.form.nothing')}
        </Text>
      )}
      {making ? (
        <NewPerson
          typed={typed}
          onMade={(made) => {
            setMaking(false);
            onWho(made);
          }}
        />
      ) : (
        <Group gap="xs" mt="xs">
          {can(['customer.write', 'customer.read_personal']) && (nobody || typed === '') && (
            <Button
              size="compact-sm"
              variant={nobody ? 'light' : 'subtle'}
              leftSection={<IconUserPlus size={14} />}
              onClick={() => setMaking(true)}
            >
              {typed.trim() === '' ? t('channels:log.form.newCustomerEmpty') : t('channels:log.form.newCustomer', { name: typed.trim() })}
            </Button>
          )}
          {!certain && (
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onWho('unknown')}>
              {t('channels:log.form.unknown')}
            </Button>
          )}
        </Group>
      )}
    </div>
  );
}

/** A number is searched for without the spaces people write in it. */
function searchable(typed: string): string {
  const text = typed.trim();
  return /^[+\d\s().-]+$/.test(text) ? text.replace(/[^+\d]/g, '') : text;
}
