import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import type { Reply } from './shapes.ts';

/** What became of a coupon, in a sentence: `const said = useSaid(); said(reply)`. */
export function useSaid(): (reply: Reply) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ outcome, customer, coupon, earlier }) => {
    if (outcome === 'ok') return t('channels:replies.said.ok', { name: customer?.name ?? '', coupon });
    if (outcome === 'used' && earlier)
      return t('channels:replies.said.used', { at: format.dateTime(earlier.at), batch: earlier.batch, n: earlier.n });
    return outcome === 'discarded' || outcome === 'used' ? '' : t(`channels:replies.said.${outcome}`);
  };
}
