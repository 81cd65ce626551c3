import { describe, expect, it } from 'vitest';
import { createSlots } from './slots.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('slots', () => {
  it('leave one for short work however much long work waits', async () => {
    const slots = createSlots();
    const order: string[] = [];
    const give: (() => void)[] = [];
    for (let i = 0; i < 4; i++) void slots.take('long').then((back) => order.push(`long ${i}`) && give.push(back));
    void slots.take('short').then((back) => order.push('short') && give.push(back));
    await settled();
    expect(order).toEqual(['long 0', 'long 1', 'short']);
  });

  it('go to short work first when one is given back', async () => {
    const slots = createSlots();
    const back = await Promise.all([slots.take('long'), slots.take('long'), slots.take('short')]);
    const order: string[] = [];
    void slots.take('long').then(() => order.push('long'));
    void slots.take('short').then(() => order.push('short'));
    back[0]!();
    await settled();
    expect(order).toEqual(['short']);
    back[1]!();
    await settled();
    expect(order).toEqual(['short', 'long']);
  });

  it('are not lost by giving one back twice or by giving up while waiting', async () => {
    const slots = createSlots();
    const back = await Promise.all([slots.take('short'), slots.take('short'), slots.take('short')]);
    const patience = new AbortController();
    const gaveUp = slots.take('short', patience.signal);
    const patient = slots.take('short');
    patience.abort(new Error('enough'));
    await expect(gaveUp).rejects.toThrow('enough');
    back[0]!();
    back[0]!();
    await patient;
    const order: string[] = [];
    void slots.take('short').then(() => order.push('too many'));
    await settled();
    expect(order).toEqual([]);
  });
});
