import { describe, expect, it } from 'vitest';
import { nextReady, type QueuedFile, restored } from './queue.ts';

const file = (fileName: string, state: QueuedFile['state'], kind: QueuedFile['kind'] = null): QueuedFile => ({
  id: fileName,
  fileName,
  size: 1,
  state,
  sent: 1,
  kind,
});

describe('a queue of files', () => {
  it('goes on with customers before what they did, then as dropped; what is not ready waits', () => {
    const queue = [
      file('rara', 'ready'),
      file('ventas', 'ready', 'purchases'),
      file('gente', 'ready', 'customers'),
      file('más', 'sending', 'customers'),
    ];
    expect(nextReady(queue)?.fileName).toBe('gente');
    expect(nextReady([queue[0]!, queue[1]!, { ...queue[2]!, state: 'started' }])?.fileName).toBe('ventas');
    expect(nextReady([queue[3]!])).toBeUndefined();
  });

  it('found again after leaving says which files never arrived, and forgets none', () => {
    const states = restored([file('a', 'waiting'), file('b', 'sending'), file('c', 'ready'), file('d', 'failed'), file('e', 'started')]);
    expect(states.map(({ state }) => state)).toEqual(['lost', 'lost', 'ready', 'failed', 'started']);
  });
});
