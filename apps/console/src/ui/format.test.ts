import { describe, expect, it } from 'vitest';
import { createFormat } from './format.ts';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const es = createFormat('es-ES', 'Europe/Madrid', 'EUR');
const en = createFormat('en-GB', 'Europe/Madrid', 'EUR');

describe('numbers', () => {
  it.each([
    [es.number(1234), '1.234'],
    [es.number(1234567), '1.234.567'],
    [es.number(0.4444, 2), '0,44'],
    [en.number(1234567), '1,234,567'],
    [es.percent(0.5), '50 %'],
    [es.percent(0.0123), '1,2 %'],
    [es.percent(0), '0 %'],
    [es.change(0.12), '+12 %'],
    [es.change(-0.031), '−3,1 %'],
    // Below zero with a minus sign, everywhere; what is nothing once rounded has none.
    [es.number(-1234), '−1.234'],
    [es.short(-34_000), '−34 mil'],
    [es.percent(-0.5), '−50 %'],
    [es.money(-3), '−3,00 €'],
    [en.money(-3), '−€3.00'],
    [es.moneyRound(-1234), '−1.234 €'],
    [es.moneyShort(-5.5), '−5,50 €'],
    [es.moneyShort(-12_345), '−12,3 mil €'],
    [es.moneyRound(-0.2), '0 €'],
    [es.number(-0), '0'],
    [es.bytes(0), '0 B'],
    [es.bytes(1_500_000), '1,5 MB'],
    [es.duration(59.6), '1 min 0 s'],
    [es.duration(90), '1 min 30 s'],
    [es.duration(3_700), '1 h 1 min'],
  ])('%s', (said, expected) => expect(plain(said)).toBe(expected));
});

describe('money', () => {
  it('is shown as it came, in its own currency', () => {
    expect(plain(es.money({ amount: '1234.5000', currency: 'EUR' }))).toBe('1.234,50 €');
    expect(plain(es.money('12.3'))).toBe('12,30 €');
    expect(plain(en.money(12.3, 'USD'))).toBe('US$12.30');
  });
});

describe('times', () => {
  it('are of the company’s time zone, wherever the reader is', () => {
    expect(plain(es.dateTime('2026-03-03T23:30:00Z'))).toBe('4 mar 2026, 00:30');
    expect(es.month('2026-03')).toBe('mar 2026');
  });

  it('are told from now', () => {
    const now = new Date('2026-03-03T12:00:00Z');
    expect(es.relative('2026-03-03T11:57:00Z', now)).toBe('hace 3 minutos');
    expect(es.relative('2026-03-02T11:00:00Z', now)).toBe('ayer');
    expect(es.relative('2026-03-03T11:59:50Z', now)).toBe('ahora');
    expect(en.relative('2026-01-03T11:00:00Z', now)).toBe('last month');
  });
});
