import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { address } from '../../api/client.ts';
import { useGet } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Badge, Button, Group, SegmentedControl, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { Documents } from './documents.tsx';
import classes from './inbox.module.css';
import { LetterActs } from './letter-acts.tsx';
import { type Letter, PICTURE, senderOf, topicOf } from './letters.ts';
import type { Deciding } from './use-decide.ts';
import { Whose } from './whose.tsx';

/** A letter, and beside it whose it is. */
export function LetterView({ id, deciding }: { id: string; deciding: Deciding }) {
  const { data: letter, error, refetch } = useGet<Letter>(`/letters/${id}`);
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!letter) return <BlockSkeleton height={360} />;
  return (
    <div className={classes.reading}>
      <Whose key={id} letter={letter} deciding={deciding} />
      <Content key={`content ${id}`} letter={letter} />
    </div>
  );
}

function Content({ letter }: { letter: Letter }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Picture = PICTURE[letter.kind];
  const sender = senderOf(t, letter);
  const shownAddress = letter.senderAddress && letter.senderAddress !== sender ? ` <${letter.senderAddress}>` : '';
  const names = format.list(letter.recipients.map(({ name, address: to }) => name || to));
  const paper = letter.kind !== 'email';
  return (
    <article className={classes.letter} aria-label={topicOf(t, letter)}>
      <header className={classes.letterHead}>
        <Picture size={20} aria-hidden />
        <div style={{ flex: 1, minWidth: 0 }}>
          <h2>{topicOf(t, letter)}</h2>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {letter.senderName || letter.senderAddress || letter.customer
              ? t(letter.direction === 'out' && paper ? 'channels:post.toOne' : 'channels:post.of', { name: `${sender}${shownAddress}` })
              : sender}
          </Text>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {[
              format.dateTime(letter.receivedAt),
              names && t('channels:post.to', { names }),
              letter.mailbox && t('channels:post.through', { name: letter.mailbox }),
              letter.number && t('channels:post.mailOf', { number: letter.number }),
              paper && t('channels:post.registeredBy', { name: letter.author }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
          <Group gap={6} mt={4}>
            {letter.form && (
              <Badge variant="default" tt="none" fw={500}>
                {t(`channels:post.form.${letter.form}`)}
              </Badge>
            )}
            {letter.why && (
              <Badge variant="light" color="gray" tt="none" fw={500}>
                {t(`channels:post.why.${letter.why}`)}
              </Badge>
            )}
            {letter.deleted && (
              <Badge color="red" variant="light" tt="none" fw={500}>
                {t('channels:post.deleted')}
              </Badge>
            )}
          </Group>
        </div>
        <LetterActs letter={letter} />
      </header>
      {letter.hidden ? (
        <Text size="sm" c="dimmed">
          {t('channels:post.hiddenFor')}
        </Text>
      ) : (
        <>
          {letter.kind === 'email' ? <MailBody letter={letter} /> : letter.note && <p className={classes.text}>{letter.note}</p>}
          <Documents documents={letter.documents} />
        </>
      )}
      <Thread letter={letter} />
    </article>
  );
}

/** Its text first; its layout only when asked for, and pictures of other servers only when asked for again. */
function MailBody({ letter }: { letter: Letter }) {
  const { t } = useTranslation();
  const [layout, setLayout] = useState<'text' | 'html'>(letter.text === '' && letter.hasHtml ? 'html' : 'text');
  const [images, setImages] = useState(false);
  const [unfolded, setUnfolded] = useState(false);
  return (
    <>
      {letter.hasHtml && (
        <SegmentedControl
          size="xs"
          aria-label={t('channels:post.frame')}
          value={layout}
          onChange={(next) => setLayout(next as 'text')}
          data={[
            { value: 'text', label: t('channels:post.text') },
            { value: 'html', label: t('channels:post.layout') },
          ]}
          style={{ alignSelf: 'flex-start' }}
        />
      )}
      {layout === 'html' ? (
        <>
          {letter.remoteImages && !images && (
            <Group gap="xs" className={classes.notice!}>
              <Text size="sm">{t('channels:post.imagesBlocked')}</Text>
              <Button size="compact-sm" variant="subtle" onClick={() => setImages(true)}>
                {t('channels:post.showImages')}
              </Button>
            </Group>
          )}
          <iframe
            className={classes.frame}
            title={t('channels:post.frame')}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            referrerPolicy="no-referrer"
            src={address(`/letters/${letter.id}/html`, images ? { images: 'yes' } : {})}
          />
        </>
      ) : (
        <>
          <p className={classes.text}>{letter.text || t('channels:post.noText')}</p>
          {letter.quoted && (
            <>
              <Button
                size="compact-sm"
                variant="subtle"
                aria-expanded={unfolded}
                style={{ alignSelf: 'flex-start' }}
                onClick={() => setUnfolded(!unfolded)}
              >
                {t(unfolded ? 'channels:post.hideQuoted' : 'channels:post.showQuoted')}
              </Button>
              {unfolded && <p className={`${classes.text} ${classes.quoted}`}>{letter.quoted}</p>}
            </>
          )}
        </>
      )}
      {letter.cut && (
        <Text size="sm" c="dimmed">
          {t('channels:post.cut')}
        </Text>
      )}
    </>
  );
}

function Thread({ letter }: { letter: Letter }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (letter.thread.length === 0) return null;
  return (
    <section aria-label={t('channels:post.thread')}>
      <h3 className={classes.small}>{t('channels:post.thread')}</h3>
      <ol className={classes.thread}>
        {letter.thread.map((one) => (
          <li key={one.id} aria-current={one.id === letter.id || undefined}>
            {one.id === letter.id ? (
              <b>{topicOf(t, one)}</b>
            ) : (
              <Link to="/inbox/$id" params={{ id: one.id }} size="sm">
                {topicOf(t, one)}
              </Link>
            )}
            <Text size="xs" c="dimmed">
              {one.senderName} · {format.date(one.receivedAt)}
            </Text>
          </li>
        ))}
      </ol>
    </section>
  );
}
