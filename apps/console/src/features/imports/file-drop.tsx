import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconUpload } from '../../ui/icons.ts';
import { Text } from '../../ui/kit.ts';
import { usePhone } from '../../ui/screen-size.ts';
import classes from './file-drop.module.css';

const ACCEPTED = '.csv,.tsv,.txt,.xlsx,.jsonl,.ndjson,.parquet,.gz';

interface FileDropProps {
  onFile: (file: File) => void;
  /** Several at once; without it the first counts. */
  onFiles?: (files: File[]) => void;
  /** What belongs here, under the invitation. */
  children?: ReactNode;
  compact?: boolean;
}

/** A place to drop a file, or to choose one. A file that misses it counts too, instead of being opened by the browser. */
export function FileDrop({ onFile, onFiles, children, compact = false }: FileDropProps) {
  const { t } = useTranslation();
  const phone = usePhone();
  const [over, setOver] = useState(false);
  const give = (files: File[]) => {
    if (files.length > 1 && onFiles) onFiles(files);
    else if (files[0]) onFile(files[0]);
  };
  const take = useRef(give);
  useEffect(() => {
    take.current = give;
  });

  useEffect(() => {
    const carries = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      setOver(false);
      take.current([...(event.dataTransfer?.files ?? [])]);
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

  return (
    <label className={`${classes.zone} ${compact ? classes.compact : ''}`} data-over={over || undefined}>
      <IconUpload size={compact ? 20 : 32} stroke={1.5} aria-hidden />
      <Text span size="sm">
        {phone ? (
          <span className={classes.choose}>{t(onFiles ? 'wizard:drop.touchMany' : 'wizard:drop.touch')}</span>
        ) : (
          <>
            {t(onFiles ? 'wizard:drop.inviteMany' : 'wizard:drop.invite')}{' '}
            <span className={classes.choose}>{t(onFiles ? 'wizard:drop.chooseMany' : 'wizard:drop.choose')}</span>
          </>
        )}
      </Text>
      {children && (
        <Text span size="xs" c="dimmed">
          {children}
        </Text>
      )}
      <input
        type="file"
        className={classes.input}
        accept={ACCEPTED}
        multiple={onFiles !== undefined}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // The same file can be chosen again after an error.
          event.currentTarget.value = '';
          give(files);
        }}
      />
    </label>
  );
}
