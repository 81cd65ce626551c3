import { useBlocker } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from './confirm.tsx';

const wordOf = (search: unknown, word: string): unknown => (search as Record<string, unknown> | undefined)?.[word];

/**
 * Asks before another screen, going back or closing the window throws away what was typed. A screen that leaves by itself after
 * saving says `useGo()({ … }, { saved: true })`.
 *
 * @param props.hold - of `useHeld`: what the form began with stays while something is typed.
 * @param props.word - a word of the address that opens another form in the same screen, `id` of `?id=…`: asks there too.
 */
export function Unsaved({ when, hold, word }: { when: boolean; hold?: (on: boolean) => void; word?: string }) {
  const { t } = useTranslation();
  useEffect(() => {
    hold?.(when);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the form is held from the first change to the last
  }, [when]);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      when && (current.pathname !== next.pathname || (word !== undefined && wordOf(current.search, word) !== wordOf(next.search, word))),
    enableBeforeUnload: when,
    withResolver: true,
  });
  return (
    <Confirm
      opened={blocker.status === 'blocked'}
      onClose={() => blocker.reset?.()}
      title={t('common:unsaved.title')}
      action={t('common:unsaved.leave')}
      harmful
      onConfirm={() => blocker.proceed?.()}
    >
      {t('common:unsaved.text')}
    </Confirm>
  );
}
