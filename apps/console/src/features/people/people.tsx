import { useTranslation } from 'react-i18next';
import { useWords } from '../../app/search.ts';
import { BoardPage } from '../../ui/board-page.tsx';
import { Button } from '../../ui/kit.ts';
import { IconUserPlus } from '../../ui/icons.ts';
import { Invitations } from './invitations.tsx';
import { Invite } from './invite.tsx';
import { PeopleList } from './people-list.tsx';
import { Roles } from './roles.tsx';

/** Who may come in, who is about to, and what each may do. */
export default function People() {
  const { t } = useTranslation();
  const [{ invite }, change] = useWords<{ invite?: string }>();
  return (
    <BoardPage
      title={t('nav:people')}
      actions={
        <Button leftSection={<IconUserPlus size={16} />} onClick={() => change({ invite: 'yes' })}>
          {t('people:invite.action')}
        </Button>
      }
    >
      <PeopleList />
      <Invitations />
      <Roles />
      <Invite opened={invite === 'yes'} onClose={() => change({ invite: undefined }, { replace: true })} />
    </BoardPage>
  );
}
