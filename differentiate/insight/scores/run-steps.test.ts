import { setTimeout } from 'node:timers/promises';
import { fail } from '@vinculo/errors';
import { describe, expect, it } from 'vitest';
import { runSteps } from './run-steps.ts';

const step = (name: string, ...after: string[]) => ({ name, after });
const never = new AbortController().signal;

describe('steps', () => {
  it('begin when those they come after are done, two at a time', async () => {
    const said: string[] = [];
    let most = 0;
    let now = 0;
    await runSteps([step('a'), step('b', 'a'), step('c', 'a'), step('d', 'a'), step('e', 'b', 'c', 'd')], never, async ({ name }) => {
      most = Math.max(most, ++now);
      await setTimeout(name === 'b' ? 30 : 5);
      now--;
      said.push(name);
    });
    expect(said).toEqual(['a', 'c', 'd', 'b', 'e']);
    expect(most).toBe(2);
  });

  it('stop together when one fails: the other is told, none begins, and the failure is the first one', async () => {
    const said: string[] = [];
    const running = runSteps([step('long'), step('bad'), step('later', 'bad'), step('next')], never, async ({ name }, signal) => {
      if (name === 'bad') throw new Error('it is bad');
      await setTimeout(60_000, undefined, { signal }).catch(() => {
        said.push(`${name} stopped`);
        throw signal.reason;
      });
    });
    await expect(running).rejects.toThrow('it is bad');
    expect(said).toEqual(['long stopped']);
  });

  it('that did not get memory enough beside another are run again alone; once more, and it is a failure', async () => {
    const said: string[] = [];
    let now = 0;
    let refusals = 1;
    const run = async ({ name }: { name: string }) => {
      now++;
      said.push(`${name} ${now}`);
      await setTimeout(name === 'small' ? 20 : 5);
      now--;
      if (name === 'large' && refusals-- > 0) throw fail('VIN_WAREHOUSE_MEMORY');
    };
    const steps = [step('small'), step('large'), step('after', 'large'), step('other', 'small')];
    await runSteps(steps, never, run);
    expect(said).toEqual(['small 1', 'large 2', 'large 1', 'after 1', 'other 2']);
    refusals = 2;
    await expect(runSteps(steps, never, run)).rejects.toMatchObject({ code: 'VIN_WAREHOUSE_MEMORY' });
  });

  it('stop when they are told to from outside', async () => {
    const stop = new AbortController();
    const running = runSteps([step('long')], stop.signal, async (_, signal) => {
      await setTimeout(60_000, undefined, { signal });
    });
    stop.abort(new Error('cancelled'));
    await expect(running).rejects.toThrow();
  });

  it('that wait for each other are refused by name', async () => {
    await expect(runSteps([step('a', 'b'), step('b', 'a')], never, async () => {})).rejects.toThrow('a, b');
  });
});
