import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { IconSearch } from '../../ui/icons.ts';
import { Text, TextInput, useDebouncedValue } from '../../ui/kit.ts';
import { CustomerHits, type Hit, hitsOf, pointed } from '../customers/customer-hits.tsx';

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
    const next = pointed(event, at, hits);
    if (next !== undefined) setAt(next);
    else if (event.key === 'Enter') {
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
        {...hitsOf(id, hits, at)}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
      />
      <CustomerHits id={id} label={label} hits={hits} at={at} onPoint={setAt} onPick={pick} onKeyDown={onKeyDown} />
      {searching && hits.length === 0 && !isFetching && asked === typed.trim() && (
        <Text size="sm" c="dimmed" mt={4} role="status">
          {t('shell:list.noMatch')}
        </Text>
      )}
    </div>
  );
}
