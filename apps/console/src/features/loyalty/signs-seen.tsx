import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Definition } from '../../ui/definition.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { SignPurchases } from './sign-purchases.tsx';
import { type Loyalty, type Seen, useSignWords } from './sign-words.ts';

/** What the activity tab calls the facts behind a sign that is not read of purchases. */
const CONTACTS: Partial<Record<Seen['sign'], string>> = {
  mailing: 'campaign',
  survey: 'contact',
  referral: 'contact',
  complaint: 'contact',
};

/** Every sign with its value, what is usual and what it rests on; each opens the facts behind it. */
export function SignsSeen({ loyalty, customerId }: { loyalty: Loyalty; customerId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useSignWords();
  const [open, setOpen] = useState<Seen['sign']>();
  const rows = loyalty.signs.filter(({ value }) => value !== null).toSorted((a, b) => Math.abs(b.strength) - Math.abs(a.strength));
  return (
    <>
      <SimpleTable
        caption={t('loyalty:section.all')}
        rows={rows}
        rowId={({ sign }) => sign}
        columns={[
          {
            id: 'sign',
            header: t('loyalty:section.sign'),
            cell: ({ sign, of }) => (
              <>
                <Definition of={t(`loyalty:help.${sign}`)}>{t(`loyalty:sign.${sign}`)}</Definition>
                <Text size="xs" c="dimmed">
                  {t(`loyalty:of.${of}`)}
                </Text>
              </>
            ),
          },
          { id: 'seen', header: t('loyalty:section.seen'), align: 'right', cell: ({ sign, value }) => words.value(sign, value!) },
          {
            id: 'usual',
            header: t('loyalty:section.usual'),
            align: 'right',
            cell: ({ sign, usual }) => (usual === null ? '–' : words.value(sign, usual)),
          },
          { id: 'based', header: t('loyalty:section.based'), align: 'right', cell: (seen) => words.based(seen) },
          {
            id: 'strength',
            header: t('loyalty:section.strength'),
            definition: t('loyalty:definition.strength'),
            align: 'right',
            cell: ({ strength }) => format.change(strength),
          },
          {
            id: 'behind',
            header: t('loyalty:section.behind'),
            cell: ({ sign }) =>
              CONTACTS[sign] ? (
                <Link to="/customers/$id" params={{ id: customerId }} search={{ tab: 'activity', kinds: CONTACTS[sign] }} size="sm">
                  {t('loyalty:section.contacts')}
                </Link>
              ) : (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  px={0}
                  aria-expanded={open === sign}
                  aria-label={`${t('loyalty:section.behind')}: ${t(`loyalty:sign.${sign}`)}`}
                  onClick={() => setOpen(open === sign ? undefined : sign)}
                >
                  {t('loyalty:section.behind')}
                </Button>
              ),
          },
        ]}
      />
      {open && <SignPurchases key={open} sign={open} customerId={customerId} />}
    </>
  );
}
