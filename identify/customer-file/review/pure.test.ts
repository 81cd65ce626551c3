// What needs no store: the order of questions, what follows from words, who goes with whom.
import { describe, expect, it } from 'vitest';
import { agreement } from './agreement.ts';
import { contradiction, teaches, uncertainty } from '../identity/doubts/instructiveness.ts';
import { cut } from './sides.ts';
import { type Opinion, verdictOf } from './verdict-of-opinions.ts';

describe('what teaches most comes first', () => {
  it('a toss of a coin is the most uncertain, and certainty is not', () => {
    expect(uncertainty(0.5)).toBe(1);
    expect(uncertainty(0.1)).toBeCloseTo(uncertainty(0.9));
    expect([uncertainty(0), uncertainty(1)]).toEqual([0, 0]);
    expect(contradiction(0.999)).toBeGreaterThan(0.99);
  });
  it('a frequent pattern first, but not only it', () => {
    expect(teaches(1, 100, 1)).toBeGreaterThan(teaches(1, 4, 1));
    expect(teaches(1, 100, 50)).toBeLessThan(teaches(1, 4, 1));
  });
});

describe('what people say', () => {
  const says = (by: string, verdict: Opinion['verdict'], settles = false): Opinion => ({ by, verdict, settles });
  it('one is enough, unless a second opinion is asked for', () => {
    expect(verdictOf([says('a', 'same')], false, null)).toEqual({ state: 'decided', verdict: 'same' });
    expect(verdictOf([says('a', 'same')], true, null)).toEqual({ state: 'waiting', verdict: null });
    expect(verdictOf([says('a', 'same'), says('b', 'same')], true, null)).toEqual({ state: 'decided', verdict: 'same' });
  });
  it('what is in force stays when second opinions come into fashion', () => {
    expect(verdictOf([says('a', 'same')], true, 'same')).toEqual({ state: 'decided', verdict: 'same' });
  });
  it('to be unsure decides nothing', () => {
    expect(verdictOf([says('a', 'unsure')], false, null)).toEqual({ state: 'open', verdict: null });
    expect(verdictOf([says('a', 'unsure'), says('b', 'different')], false, null)).toEqual({ state: 'decided', verdict: 'different' });
  });
  it('two who differ leave things as they are until somebody settles it', () => {
    const both = [says('a', 'same'), says('b', 'different')];
    expect(verdictOf(both, false, 'same')).toEqual({ state: 'disagreed', verdict: undefined });
    expect(verdictOf([...both, says('c', 'different', true)], false, 'same')).toEqual({ state: 'decided', verdict: 'different' });
  });
});

describe('who leaves when two of a customer are different', () => {
  const ties = (...pairs: string[]) => pairs.map((pair) => ({ a: pair[0]!, b: pair[1]! }));
  it('the smaller side of the tree', () => {
    expect(cut([...'abcd'], ties('ab', 'bc', 'cd'), 'a', 'b')).toEqual(['a']);
    expect(cut([...'abcd'], ties('ab', 'bc', 'cd'), 'c', 'd')).toEqual(['d']);
    expect(cut([...'abcd'], ties('ab', 'bc', 'cd'), 'b', 'c')).toEqual(['c', 'd']);
  });
  it('on a way round, whoever is nearer; those tied to neither stay', () => {
    expect(cut([...'abcde'], ties('ab', 'bc', 'ca', 'cd'), 'a', 'b')).toEqual(['b']);
    expect(cut([...'abe'], [], 'a', 'b')).toEqual(['b']);
  });
});

describe('agreement', () => {
  it('takes chance off', () => {
    const yes = ['same', 'same'] as const;
    const no = ['different', 'different'] as const;
    const odd = ['same', 'different'] as const;
    expect(agreement([])).toBeNull();
    expect(agreement([yes, yes])).toEqual({ pairs: 2, share: 1, kappa: null });
    expect(agreement([yes, no])!.kappa).toBeCloseTo(1);
    // Cohen's own way of reckoning: 3 of 4 agree, chance alone brings half.
    expect(agreement([yes, yes, no, odd])!.kappa).toBeCloseTo(0.5);
  });
});
