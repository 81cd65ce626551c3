import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import { Button, Group as Row, Modal, NativeSelect, Stack, Text } from '../../ui/kit.ts';

const COUNTS = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

interface FindAgainProps {
  opened: boolean;
  onClose: () => void;
  onBegun: (jobId: string) => void;
}

/** Asks how many groups, and looks for them. */
export function FindAgain({ opened, onClose, onBegun }: FindAgainProps) {
  const { t } = useTranslation();
  const [count, setCount] = useState('');
  const find = useSend<void, { jobId: string }>(() => ({ path: '/needs-findings', body: { count: count ? Number(count) : null } }), {
    onDone: ({ jobId }) => {
      onBegun(jobId);
      onClose();
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} title={t('needs:find.title')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Stack gap="md">
        <Text size="sm">{t('needs:find.lead')}</Text>
        <NativeSelect
          label={t('needs:find.count')}
          value={count}
          onChange={({ currentTarget }) => setCount(currentTarget.value)}
          data={[{ value: '', label: t('needs:find.auto') }, ...COUNTS.map((n) => ({ value: String(n), label: String(n) }))]}
        />
        <Row justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button onClick={() => find.mutate()} loading={find.isPending} data-autofocus>
            {t('needs:find.start')}
          </Button>
        </Row>
      </Stack>
    </Modal>
  );
}
