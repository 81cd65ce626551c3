import { useTranslation } from 'react-i18next';
import { useCan } from '../../app/session.ts';
import { IconAlertTriangle, IconArrowBackUp, IconCheck } from '../../ui/icons.ts';
import { ActionIcon, Button, Text, Title, Tooltip } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import classes from './replies.module.css';
import { useSaid } from './said.ts';
import type { Reply } from './shapes.ts';

interface SheetsProps {
  sheets: readonly Reply[];
  more: boolean;
  onMore: () => void;
  onUndo: (reply: Reply) => void;
}

/** What the batch holds, the last sheet first; each can be taken back. */
export function Sheets({ sheets, more, onMore, onUndo }: SheetsProps) {
  const { t } = useTranslation();
  const can = useCan();
  const said = useSaid();
  return (
    <section aria-label={t('channels:replies.scan.list')}>
      <Title order={2} mb="sm">
        {t('channels:replies.scan.list')}
      </Title>
      {sheets.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('channels:replies.scan.empty')}
        </Text>
      )}
      <ol className={classes.sheets}>
        {sheets.map((reply) => {
          const form = Object.keys(reply.fields).length > 0;
          const good = reply.outcome === 'ok';
          const Picture = good ? IconCheck : IconAlertTriangle;
          return (
            <li key={reply.id}>
              <span className={classes.number}>{reply.n}</span>
              <span className={reply.undone ? classes.gone : undefined}>
                <Text span size="sm" fw={500}>
                  {!form && <Picture size={14} aria-hidden style={{ verticalAlign: -2, marginInlineEnd: 6 }} />}
                  {form ? <Person reply={reply} /> : `${t(`channels:replies.outcome.${reply.outcome}`)} · ${reply.code}`}
                </Text>
                <Text size="xs" c="dimmed">
                  {form ? Object.values(reply.fields).slice(0, 4).join(' · ') : said(reply)}
                </Text>
              </span>
              {reply.undone ? (
                <Text size="xs" c="dimmed">
                  {t('channels:replies.scan.undone')}
                </Text>
              ) : (
                can('contact.write') && (
                  <Tooltip label={t('channels:replies.scan.undo', { n: reply.n })}>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t('channels:replies.scan.undo', { n: reply.n })}
                      onClick={() => onUndo(reply)}
                    >
                      <IconArrowBackUp size={16} />
                    </ActionIcon>
                  </Tooltip>
                )
              )}
            </li>
          );
        })}
      </ol>
      {more && (
        <Button variant="default" mt="sm" onClick={onMore}>
          {t('common:more')}
        </Button>
      )}
    </section>
  );
}

function Person({ reply }: { reply: Reply }) {
  const { t } = useTranslation();
  if (!reply.customer) return t('channels:replies.type.sheet', { n: reply.n });
  return (
    <Link to="/customers/$id" params={{ id: reply.customer.id }}>
      {reply.customer.name}
    </Link>
  );
}
