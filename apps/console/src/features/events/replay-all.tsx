import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client.ts';
import type { ApiError } from '../../api/problem.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Group, Modal, Progress, Stack, Text } from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';
import type { Changed } from './schemas.ts';
import { useErrors } from './use-errors.ts';

interface ReplayAllProps {
  total: number;
  filter: Record<string, string>;
  onClose: () => void;
}

/** Sends again all that a filter finds, some thousand at a time, with how far it is; it can be stopped between two portions. */
export function ReplayAll({ total, filter, onClose }: ReplayAllProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { read } = useErrors();
  const [done, setDone] = useState<number>();
  const [error, setError] = useState<ApiError>();
  const stopped = useRef(false);

  const send = async () => {
    let sent = 0;
    setError(undefined);
    setDone(0);
    try {
      for (;;) {
        const { changed, left } = await call<Changed>({ method: 'POST', path: '/event-errors/replay', body: { filter } });
        sent += changed;
        setDone(sent);
        // What is rejected again at once comes back as open: it is not sent round and round.
        if (left === 0 || changed === 0 || sent >= total || stopped.current) break;
      }
      tell(t('events:rejected.sent', { count: sent }));
      onClose();
    } catch (caught) {
      setError(caught as ApiError);
      setDone(undefined);
    }
    await read();
  };
  const close = () => {
    stopped.current = true;
    onClose();
  };
  const busy = done !== undefined;
  return (
    <Modal opened onClose={close} title={t('events:rejected.all')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Stack gap="lg">
        <ErrorNote error={error} />
        <Text size="sm">{t('events:rejected.allText', { count: total, shown: format.number(total) })}</Text>
        {busy && (
          <Stack gap={4}>
            <Progress value={total === 0 ? 100 : (done / total) * 100} aria-label={t('events:rejected.all')} />
            <Text size="xs" c="dimmed" role="status">
              {t('events:rejected.progress', { done: format.number(done), total: format.number(total) })}
            </Text>
          </Stack>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t(busy ? 'events:rejected.stop' : 'common:cancel')}
          </Button>
          <Button onClick={() => void send()} loading={busy} data-autofocus>
            {t('events:rejected.replay')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
