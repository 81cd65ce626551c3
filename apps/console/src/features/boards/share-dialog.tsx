import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../../ui/copy-text.tsx';
import { Button, Checkbox, Group, Modal, Radio, Stack, Text } from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';
import { type BoardView, useChange } from './use-boards.ts';

/** Roles that see what boards show. */
const ROLES = ['owner', 'admin', 'marketing', 'sales', 'service', 'product', 'analyst'] as const;

export function ShareDialog({ board, onClose }: { board: BoardView; onClose: () => void }) {
  const { t } = useTranslation();
  const [visibility, setVisibility] = useState(board.visibility);
  const [roles, setRoles] = useState(board.roles);
  const change = useChange(board);
  return (
    <Modal opened onClose={onClose} title={t('boards:shareTitle')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(
            { visibility, roles: visibility === 'roles' ? roles : [] },
            {
              onSuccess: () => {
                tell(t('boards:saved'));
                onClose();
              },
            },
          );
        }}
      >
        <Stack gap="md">
          <Radio.Group
            value={visibility}
            onChange={(value) => setVisibility(value as BoardView['visibility'])}
            aria-label={t('boards:shareTitle')}
          >
            <Stack gap="sm">
              {(['private', 'everyone', 'roles'] as const).map((one) => (
                <Radio key={one} value={one} label={t(`boards:visibility.${one}`)} />
              ))}
            </Stack>
          </Radio.Group>
          {visibility === 'roles' && (
            <Checkbox.Group label={t('boards:shareRoles')} value={roles} onChange={setRoles}>
              <Stack gap="xs" mt="xs">
                {ROLES.map((role) => (
                  <Checkbox key={role} value={role} label={t(`access:role.${role}`)} />
                ))}
              </Stack>
            </Checkbox.Group>
          )}
          <div>
            <Text size="sm" fw={500}>
              {t('boards:shareLink')}
            </Text>
            <CopyText text={`${location.origin}/boards/${board.id}${location.search}`} />
            <Text size="xs" c="dimmed">
              {t('boards:shareLinkNote')}
            </Text>
          </div>
          <Group justify="flex-end">
            <Button type="submit" loading={change.isPending} disabled={visibility === 'roles' && roles.length === 0}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
