import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { useGo } from '../../ui/link.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { useHotkeys } from '../../ui/kit.ts';
import { LetterView } from './letter-view.tsx';
import { type Letter, topicOf } from './letters.ts';
import { useDecide } from './use-decide.ts';

/** One mail, letter or fax by itself: from a timeline, a conversation, or a telephone. */
export default function LetterScreen() {
  const { t } = useTranslation();
  const go = useGo();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data: letter, error } = useGet<Letter>(`/letters/${id}`);
  const deciding = useDecide(() => {});
  useHotkeys([['z', deciding.undo]]);
  // The timeline knows that it came by post, not that it is a coupon rather than a letter.
  const elsewhere = error?.code === 'VIN_LETTER_NOT_FOUND';
  useEffect(() => {
    if (elsewhere) void go({ to: '/contacts/$id', params: { id } }, { replace: true });
  }, [elsewhere, go, id]);
  return (
    <Page
      title={letter ? topicOf(t, letter) : t('channels:post.letter')}
      actions={
        <LinkButton
          to="/inbox"
          variant="default"
          search={letter ? { letter: id, ...(letter.state === 'waiting' ? {} : { state: letter.state }) } : {}}
        >
          {t('channels:post.openInbox')}
        </LinkButton>
      }
    >
      {!elsewhere && <LetterView id={id} deciding={deciding} />}
    </Page>
  );
}
