import type { SearchHit } from '@vinculo/customer-file/api/customers';
import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { IconSearch } from '../../ui/icons.ts';
import { Text, TextInput, useDebouncedValue } from '../../ui/kit.ts';
import classes from './inbox.module.css';

type Hit = z.infer<typeof SearchHit>;

interface CustomerSearchProps {
  label: string;
  onPick: (customer: { id: string; name: string }) => void;
  box?: RefObject<HTMLInputElement | null>;
}

/** Three letters or some digits; the arrows move, Enter takes. */
export function CustomerSearch({ label, onPick, box }: CustomerSearchProps) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [asked] = useDebouncedValue(typed.trim(), 150);
  const searching = typed.trim().length >= 3;
  const { data, isFetching } = useGet<{ hits: Hit[] }>(
    '/customers/search',
    { q: asked, limit: 6 },
    { enabled: asked.length >= 3, keep: true },
  );
  const hits = searching ? (data?.hits ?? []) : [];
  const pick = ({ id: customer, name }: Hit) => {
    setTyped('');
    setAt(0);
    onPick({ id: customer, name });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setAt((now) => Math.max(0, Math.min(hits.length - 1, now + (event.key === 'ArrowDown' ? 1 : -1))));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      // Only what was found for what is typed now.
      if (asked === typed.trim() && !isFetching && hits[at]) pick(hits[at]);
    } else if (event.key === 'Escape') {
      setTyped('');
      (event.target as HTMLElement).blur();
    }
  };
  return (
    <div>
      <TextInput
        {...(box ? { ref: box } : {})}
        label={label}
        placeholder={t('channels:post.searchHelp')}
        leftSection={<IconSearch size={16} />}
        value={typed}
        maxLength={120}
        autoComplete="off"
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={`${id}-hits`}
        aria-autocomplete="list"
        {...(hits[at] ? { 'aria-activedescendant': `${id}-${at}` } : {})}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
      />
      {hits.length > 0 && (
        <div id={`${id}-hits`} role="listbox" aria-label={label} className={classes.hits}>
          {hits.map((hit, n) => (
            <div
              key={hit.id}
              id={`${id}-${n}`}
              role="option"
              aria-selected={n === at}
              tabIndex={-1}
              className={classes.hit}
              onClick={() => pick(hit)}
              onKeyDown={onKeyDown}
              onMouseMove={() => setAt(n)}
            >
              {hit.name}
              <small>{hit.detail}</small>
            </div>
          ))}
        </div>
      )}
      {searching && hits.length === 0 && !isFetching && asked === typed.trim() && (
        <Text size="sm" c="dimmed" mt={4} role="status">
          {t('shell:list.noMatch')}
        </Text>
      )}
    </div>
  );
}
