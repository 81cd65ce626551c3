import { hasFiles, isDatabase, type PullKind, type PullSettings } from '../schemas.ts';
import type { TypedSettings } from './use-draft.ts';

const text = (settings: TypedSettings, name: string): string => String(settings[name] ?? '').trim();
const FIELDS: Record<PullKind, { where: readonly string[]; what: readonly string[] }> = {
  postgres: { where: ['host', 'database', 'user'], what: ['query'] },
  mysql: { where: ['host', 'database', 'user'], what: ['query'] },
  sqlserver: { where: ['host', 'database', 'user'], what: ['query'] },
  folder: { where: ['folder'], what: ['pattern'] },
  sftp: { where: ['host', 'user', 'folder'], what: ['pattern'] },
  http: { where: ['url'], what: [] },
};

/** Fields of a step that have to be filled and are not. */
export function missingFields(kind: PullKind, settings: TypedSettings, step: 'where' | 'what'): string[] {
  const missing = FIELDS[kind][step].filter((name) => text(settings, name) === '');
  if (kind === 'http' && step === 'where' && missing.length === 0 && !/^https?:\/\/[^/]/.test(text(settings, 'url'))) return ['url'];
  if (kind === 'http' && step === 'what') {
    const { by = 'none', path, parameter } = (settings.paging ?? {}) as { by?: string; path?: string; parameter?: string };
    return [
      ...((by === 'page' || by === 'cursor') && !parameter?.trim() ? ['parameter'] : []),
      ...(by === 'cursor' && !path?.trim() ? ['path'] : []),
    ];
  }
  return missing;
}

/** The settings as the server takes them. Before there is a query, one that reads nothing stands in. */
export function asSettings(kind: PullKind, settings: TypedSettings): PullSettings {
  const port = Number(settings.port) || undefined;
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== '' && value !== undefined && value !== null));
  if (isDatabase(kind))
    return { tls: 'verify', overlapSeconds: 300, query: 'select 1 as a', ...given, kind, ...(port ? { port } : {}) } as PullSettings;
  if (hasFiles(kind))
    return { pattern: '*', after: 'keep', moveTo: 'importados', ...given, kind, ...(port ? { port } : {}) } as PullSettings;
  return { headers: [], tls: 'verify', rows: '', paging: { by: 'none' }, url: '', ...given, kind } as PullSettings;
}

/** What an empty port means. */
export const DEFAULT_PORT: Partial<Record<PullKind, number>> = { postgres: 5432, mysql: 3306, sqlserver: 1433, sftp: 22 };
