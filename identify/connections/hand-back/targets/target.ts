import type { z } from 'zod';
import type { HandBackTarget } from '../../api/hand-backs.ts';
import type { HandedField } from '../fields.ts';
import type { ListRow } from '../read-list.ts';

export type Target = z.output<typeof HandBackTarget>;

export interface Shape {
  /** The id not among them. */
  fields: readonly HandedField[];
  /** Only what changed comes, with what to do: the other side keeps the rest. */
  changes: boolean;
  runId: string;
  at: Date;
}

/** Where rows go. Nothing is to be seen there before {@link finish}, and everything after it. */
export interface Writer {
  write(rows: readonly ListRow[]): Promise<void>;
  /** Customers that are in the list no longer. Only where changes are told. */
  remove(ids: readonly string[]): Promise<void>;
  finish(): Promise<{ bytes: number | null; fileName: string | null }>;
  /** Leaves nothing behind; safe after finish. */
  close(): Promise<void>;
}
