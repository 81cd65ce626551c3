// The API's words as types; no schema of the server is carried into the browser.
import type * as api from '@vinculo/connections/api/pulls';
import type { z } from 'zod';

export type Connection = z.infer<typeof api.Connection>;
export type ConnectionDetail = z.infer<typeof api.ConnectionDetail>;
export type ConnectionRun = z.infer<typeof api.ConnectionRun>;
export type Drift = z.infer<typeof api.Drift>;
export type PullKind = z.infer<typeof api.PullKind>;
export type PullSettings = z.infer<typeof api.PullSettings>;
export type Schedule = z.infer<typeof api.Schedule>;
export type Trial = z.infer<typeof api.Trial>;
export type NewConnection = z.input<typeof api.NewConnection>;

export const PULL_KINDS: readonly PullKind[] = ['postgres', 'mysql', 'sqlserver', 'folder', 'sftp', 'http'];
export const isDatabase = (kind: PullKind | undefined): kind is 'postgres' | 'mysql' | 'sqlserver' =>
  kind === 'postgres' || kind === 'mysql' || kind === 'sqlserver';
export const hasFiles = (kind: PullKind | undefined): kind is 'folder' | 'sftp' => kind === 'folder' || kind === 'sftp';
