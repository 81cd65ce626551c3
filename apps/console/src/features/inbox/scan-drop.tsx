import type { LetterDocument } from '@vinculo/channels/api/letters';
import { type ChangeEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { address, call } from '../../api/client.ts';
import type { ApiError } from '../../api/problem.ts';
import { useFormat } from '../../ui/format.ts';
import { IconArrowUp, IconCamera, IconFileText, IconTrash, IconUpload } from '../../ui/icons.ts';
import { ActionIcon, Button, Loader, Text } from '../../ui/kit.ts';
import { usePhone } from '../../ui/screen-size.ts';
import { tellError } from '../../ui/tell.tsx';
import classes from './inbox.module.css';

export type Scan = z.infer<typeof LetterDocument>;

const ACCEPTED = 'application/pdf,image/jpeg,image/png,image/tiff,.pdf,.jpg,.jpeg,.png,.tif,.tiff';

interface ScanDropProps {
  scans: readonly Scan[];
  onScans: (change: (before: readonly Scan[]) => readonly Scan[]) => void;
  /** While some are on their way nothing can be registered. */
  onBusy: (busy: boolean) => void;
}

/** Where scans are dropped, chosen, or taken with the camera; the pages in their order. */
export function ScanDrop({ scans, onScans, onBusy }: ScanDropProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = usePhone();
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<string[]>([]);
  const take = async (files: File[]) => {
    onBusy(true);
    setSending((before) => [...before, ...files.map(({ name }) => name)]);
    // One after another, so that the pages keep the order they were chosen in.
    for (const file of files) {
      const form = new FormData();
      form.append('file', file, file.name);
      try {
        const scan = await call<Scan>({ method: 'POST', path: '/letters/documents', body: form });
        onScans((before) => [...before, scan]);
      } catch (error) {
        tellError(error as ApiError);
      }
      setSending((before) => before.toSpliced(before.indexOf(file.name), 1));
    }
    onBusy(false);
  };
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    const carries = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const onDrop = (event: DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      setOver(false);
      void latest.current([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.currentTarget.files ?? [])];
    event.currentTarget.value = '';
    void take(files);
  };
  return (
    <div>
      <label className={classes.zone} data-over={over || undefined}>
        <IconUpload size={28} stroke={1.5} aria-hidden />
        <Text span size="sm" fw={600}>
          {t(phone ? 'channels:post.registerForm.choose' : 'channels:post.registerForm.drop')}
        </Text>
        <Text span size="xs" c="dimmed">
          {t('channels:post.registerForm.dropHelp')}
        </Text>
        <input type="file" multiple accept={ACCEPTED} aria-label={t('channels:post.registerForm.choose')} onChange={chosen} />
      </label>
      {phone && (
        <Button component="label" fullWidth mt="xs" variant="light" leftSection={<IconCamera size={18} />}>
          {t('channels:post.registerForm.camera')}
          <input type="file" accept="image/jpeg" capture="environment" hidden onChange={chosen} />
        </Button>
      )}
      <ol className={classes.pages}>
        {scans.map((scan, n) => (
          <li key={scan.id}>
            {scan.shown === 'image' ? (
              <img
                className={classes.thumb}
                src={address(`/letters/documents/${scan.id}`)}
                alt={t('channels:post.page', { number: n + 1 })}
              />
            ) : (
              <IconFileText size={24} aria-hidden />
            )}
            <span>
              {scan.name}{' '}
              <Text span size="xs" c="dimmed">
                {format.bytes(scan.size)}
              </Text>
            </span>
            {n > 0 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('channels:post.registerForm.up', { name: scan.name })}
                onClick={() => onScans((before) => before.with(n, before[n - 1]!).with(n - 1, scan))}
              >
                <IconArrowUp size={16} />
              </ActionIcon>
            )}
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('channels:post.registerForm.remove', { name: scan.name })}
              onClick={() => onScans((before) => before.filter(({ id }) => id !== scan.id))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </li>
        ))}
        {sending.map((name, n) => (
          <li key={`${name} ${n}`}>
            <Loader size={16} />
            <span>{t('channels:post.registerForm.sending', { name })}</span>
          </li>
        ))}
      </ol>
      {scans.length === 0 && sending.length === 0 && (
        <Text size="xs" c="dimmed" mt="xs">
          {t('channels:post.registerForm.noPages')}
        </Text>
      )}
    </div>
  );
}
