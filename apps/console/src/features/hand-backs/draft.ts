import type { HandBack, NewHandBack, Target, TargetKind } from './schemas.ts';

/** What the wizard holds: a hand-back on its way, every part with a value to begin with. */
export interface Draft {
  name: string;
  list: NewHandBack['list'];
  fields: string[];
  kind: TargetKind;
  folder: string;
  fileName: string;
  format: 'csv' | 'jsonl' | 'parquet';
  engine: 'postgres' | 'mysql';
  host: string;
  port: string;
  user: string;
  database: string;
  table: string;
  write: 'replace' | 'upsert';
  tls: 'verify' | 'unchecked' | 'off';
  hostKey: string;
  password: string;
  privateKey: string;
  passphrase: string;
  mode: 'whole' | 'changed';
  every: 'never' | 'hour' | 'day' | 'week' | 'kept';
  /** A schedule the wizard has no fields for, made over the API. */
  kept?: NewHandBack['schedule'];
  day: number;
  hour: number;
  alertEmail: string;
}

export const newDraft = (alertEmail: string): Draft => ({
  name: '',
  list: { kind: 'filter', filter: {} },
  fields: ['name', 'city', 'changedAt'],
  kind: 'folder',
  folder: 'erp',
  fileName: 'clientes-{date}',
  format: 'csv',
  engine: 'postgres',
  host: '',
  port: '',
  user: '',
  database: '',
  table: 'clientes',
  write: 'replace',
  tls: 'verify',
  hostKey: '',
  password: '',
  privateKey: '',
  passphrase: '',
  mode: 'whole',
  every: 'day',
  day: 1,
  hour: 6,
  alertEmail,
});

/** The draft of a hand-back there is. Secrets stay where they are until something is typed in their place. */
export function draftOf({ name, list, fields, target, mode, schedule, alertEmail }: HandBack): Draft {
  const base = { ...newDraft(alertEmail ?? ''), name, list, fields, mode, kind: target.kind };
  const own = schedule.every === 'minutes' || schedule.every === 'cron';
  const every = own ? ('kept' as const) : schedule.every;
  const clock = {
    every,
    day: schedule.every === 'week' ? schedule.day : 1,
    hour: 'hour' in schedule ? schedule.hour : 6,
    ...(own ? { kept: schedule } : {}),
  };
  if (target.kind === 'folder') return { ...base, ...clock, folder: target.folder, fileName: target.fileName, format: target.format };
  const { kind: _, port, ...rest } = target;
  return { ...base, ...clock, ...rest, port: port === undefined ? '' : String(port) };
}

export function targetOf(draft: Draft): Target {
  const { fileName, format, folder, host, user, engine, database, table, write, tls } = draft;
  const port = draft.port.trim() === '' ? {} : { port: Number(draft.port) };
  if (draft.kind === 'folder') return { kind: 'folder', folder, fileName, format };
  if (draft.kind === 'sftp')
    return { kind: 'sftp', host, user, folder, fileName, format, ...port, ...(draft.hostKey ? { hostKey: draft.hostKey } : {}) };
  return { kind: 'database', engine, host, user, database, table, write, tls, ...port };
}

export const secretsOf = ({ kind, password, privateKey, passphrase }: Draft): NonNullable<NewHandBack['secrets']> =>
  kind === 'folder'
    ? {}
    : Object.fromEntries(
        Object.entries(kind === 'sftp' ? { password, privateKey, passphrase } : { password }).filter(([, value]) => value !== ''),
      );

export function scheduleOf({ every, day, hour, kept }: Draft): NewHandBack['schedule'] {
  if (every === 'kept') return kept ?? { every: 'never' };
  if (every === 'never') return { every };
  if (every === 'hour') return { every, minute: 0 };
  return every === 'day' ? { every, hour, minute: 0 } : { every, day, hour, minute: 0 };
}

export const bodyOf = (draft: Draft): NewHandBack => ({
  name: draft.name.trim(),
  list: draft.list,
  fields: draft.fields,
  target: targetOf(draft),
  secrets: secretsOf(draft),
  // A table that is exchanged whole needs the whole list.
  mode: draft.kind === 'database' && draft.write === 'replace' ? 'whole' : draft.mode,
  schedule: scheduleOf(draft),
  alertEmail: draft.alertEmail.trim() || null,
});

/** Whether the step has what it needs. */
export function complete(step: string, draft: Draft): boolean {
  if (step !== 'where') return step !== 'check' || draft.name.trim() !== '';
  if (draft.kind === 'folder') return draft.folder.trim() !== '' && draft.fileName.trim() !== '';
  if (draft.host.trim() === '' || draft.user.trim() === '') return false;
  return draft.kind === 'sftp'
    ? draft.folder.trim() !== '' && draft.fileName.trim() !== ''
    : draft.database.trim() !== '' && draft.table.trim() !== '';
}
