import { useTranslation } from 'react-i18next';
import { address } from '../../api/client.ts';
import { useFormat } from '../../ui/format.ts';
import { IconDownload, IconExternalLink } from '../../ui/icons.ts';
import { ActionIcon, Group, Text, Tooltip } from '../../ui/kit.ts';
import { usePhone } from '../../ui/screen-size.ts';
import classes from './inbox.module.css';
import type { Letter } from './letters.ts';

type Document = Letter['documents'][number];

/** The pages of a letter, one under another; what a browser cannot show can be downloaded. */
export function Documents({ documents }: { documents: readonly Document[] }) {
  const { t } = useTranslation();
  if (documents.length === 0) return null;
  return (
    <section aria-label={t('channels:post.pages')}>
      <h3 className={classes.small}>{t('channels:post.pages')}</h3>
      <ul className={classes.documents}>
        {documents.map((document) => (
          <li key={document.id}>
            <OneDocument document={document} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OneDocument({ document }: { document: Document }) {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = usePhone();
  const { id, name, size, shown, refused } = document;
  const path = `/letters/documents/${id}`;
  return (
    <>
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {name}{' '}
          <Text span size="xs" c="dimmed">
            {format.bytes(size)}
            {refused && ` · ${t('channels:post.tooLarge')}`}
          </Text>
        </Text>
        {!refused && (
          <Group gap={4} wrap="nowrap">
            {shown !== 'none' && (
              <Tooltip label={t('channels:post.open')}>
                <ActionIcon
                  component="a"
                  href={address(path)}
                  target="_blank"
                  rel="noreferrer"
                  variant="subtle"
                  color="gray"
                  aria-label={t('channels:post.open')}
                >
                  <IconExternalLink size={16} />
                </ActionIcon>
              </Tooltip>
            )}
            <Tooltip label={t('channels:post.download', { name })}>
              <ActionIcon
                component="a"
                href={address(path, { download: 'yes' })}
                variant="subtle"
                color="gray"
                aria-label={t('channels:post.download', { name })}
              >
                <IconDownload size={16} />
              </ActionIcon>
            </Tooltip>
          </Group>
        )}
      </Group>
      {!refused && shown === 'image' && <img className={classes.page} src={address(path)} alt={name} loading="lazy" />}
      {/* A telephone has no room, and often no means, to show a PDF inside a page. */}
      {!refused && shown === 'pdf' && !phone && (
        // oxlint-disable-next-line react/iframe-missing-sandbox -- no browser shows a PDF in a sandbox; the reply lets it do nothing else
        <iframe className={classes.frame} title={name} src={address(path)} loading="lazy" />
      )}
      {!refused && shown === 'pdf' && phone && (
        <Text size="sm" c="dimmed">
          {t('channels:post.pdfPhone')}
        </Text>
      )}
      {!refused && shown === 'none' && document.mediaType.startsWith('image/') && (
        <Text size="sm" c="dimmed">
          {t('channels:post.notShown')}
        </Text>
      )}
    </>
  );
}
