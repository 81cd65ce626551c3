// Files dropped together: sent one after another, then taken one by one through the wizard. What is known of each is kept in
// this browser; only the file itself cannot be, so one that had not arrived when the page was closed has to be dropped again.
import { useSyncExternalStore } from 'react';
import { ApiError } from '../../api/problem.ts';
import { IMPORT_KINDS, type ImportKind, type Upload } from './schemas.ts';
import { sendFile } from './send-file.ts';
import { rememberUpload } from './use-upload.ts';

export type QueueState = 'waiting' | 'sending' | 'ready' | 'failed' | 'lost' | 'started';

export interface QueuedFile {
  id: string;
  fileName: string;
  size: number;
  state: QueueState;
  /** Share that has been sent, 0 to 1. */
  sent: number;
  uploadId?: string;
  /** What it looks like. */
  kind?: ImportKind | null;
  importId?: string;
  problem?: string;
  /** The server would say the same again: the file itself is at fault. */
  final?: boolean;
}

const KEY = 'vinculo.imports.queue';
const files = new Map<string, File>();
const listeners = new Set<() => void>();
let queue: readonly QueuedFile[] = restored(read());
let sending = false;

/** As it was when the page was left: what had not arrived is lost, and says so. */
export function restored(kept: readonly QueuedFile[]): QueuedFile[] {
  return kept.map((file) => (file.state === 'waiting' || file.state === 'sending' ? { ...file, state: 'lost' } : file));
}

function read(): QueuedFile[] {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '[]') as QueuedFile[];
  } catch {
    return [];
  }
}

function put(next: readonly QueuedFile[]): void {
  queue = next;
  try {
    localStorage.setItem(KEY, JSON.stringify(queue));
  } catch {
    // A browser that keeps nothing still has the queue of this page.
  }
  for (const tell of listeners) tell();
}

const change = (id: string, next: Partial<QueuedFile>) => put(queue.map((file) => (file.id === id ? { ...file, ...next } : file)));

/** Files dropped: they wait to be sent. A queue whose files have all begun gives way to the new one. */
export function enqueue(dropped: readonly File[]): void {
  const before = queue.every(({ state }) => state === 'started') ? [] : queue;
  const added = dropped.map((file): QueuedFile => {
    const id = crypto.randomUUID();
    files.set(id, file);
    return { id, fileName: file.name, size: file.size, state: 'waiting', sent: 0 };
  });
  // The same name dropped again is the one that was lost or failed.
  const names = new Set(added.map(({ fileName }) => fileName));
  put([...before.filter(({ state, fileName }) => !((state === 'lost' || state === 'failed') && names.has(fileName))), ...added]);
  void sendAll();
}

/** Whether this page still has the file itself; found again after leaving it has not. */
export const canSend = (id: string): boolean => files.has(id);

/** Sends a file again that could not be: under the same key, so that one that did arrive is not kept twice. */
export function sendAgain(id: string): void {
  if (!files.has(id)) return;
  change(id, { state: 'waiting', sent: 0 });
  void sendAll();
}

export function takeOut(id: string): void {
  files.delete(id);
  put(queue.filter((file) => file.id !== id));
}

/** The import of an upload has begun. True where it stood in the queue. */
export function markStarted(uploadId: string, importId: string): boolean {
  const file = queue.find((one) => one.uploadId === uploadId);
  if (file) change(file.id, { state: 'started', importId });
  return file !== undefined;
}

/** The next to be taken: customers before what customers did, else in the order they were dropped. */
export function nextReady(of: readonly QueuedFile[] = queue): QueuedFile | undefined {
  const place = ({ kind }: QueuedFile) => (kind ? IMPORT_KINDS.indexOf(kind) : IMPORT_KINDS.length);
  return of.filter(({ state }) => state === 'ready').toSorted((a, b) => place(a) - place(b))[0];
}

/** Leaving now would lose what has not arrived: the browser asks first. */
const ask = (event: Event) => event.preventDefault();

async function sendAll(): Promise<void> {
  if (sending) return;
  sending = true;
  addEventListener('beforeunload', ask);
  try {
    for (;;) {
      const next = queue.find(({ state, id }) => state === 'waiting' && files.has(id));
      if (!next) return;
      await send(next);
    }
  } finally {
    sending = false;
    removeEventListener('beforeunload', ask);
  }
}

async function send({ id }: QueuedFile): Promise<void> {
  change(id, { state: 'sending', sent: 0 });
  try {
    const stay = new AbortController().signal;
    const told = ({ sent, total }: { sent: number; total: number }) => change(id, { sent: total ? sent / total : 1 });
    const upload = await sendFile<Upload>('/imports/uploads', files.get(id)!, told, stay, id);
    rememberUpload(upload);
    files.delete(id);
    change(id, { state: 'ready', sent: 1, uploadId: upload.id, kind: upload.kind });
  } catch (error) {
    // One that fails stops none of the others.
    const final = error instanceof ApiError && error.status === 422;
    change(id, { state: 'failed', final, problem: error instanceof ApiError ? error.detail : String(error) });
  }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useQueue = () => useSyncExternalStore(subscribe, () => queue);
