import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Target } from './schemas.ts';

/** «Archivo clientes.csv en la carpeta erp», «Tabla clientes en erp.example». */
export function useTargetWords(): (target: Target) => string {
  const { t } = useTranslation();
  return useCallback(
    (target) => {
      if (target.kind === 'database') return t('handback:target.said.database', { table: target.table, host: target.host });
      const file = `${target.fileName.replace('{date}', t('handback:target.date')).replace('{time}', t('handback:target.time'))}.${target.format}`;
      return target.kind === 'sftp'
        ? t('handback:target.said.sftp', { file, host: target.host })
        : t('handback:target.said.folder', { file, folder: target.folder });
    },
    [t],
  );
}
