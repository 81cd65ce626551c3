import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DateOptions, type DateOrder, normaliseDate } from './date.ts';
import { detectDateOrder } from './date-order.ts';

describe('normaliseDate', () => {
  it.each<[string, DateOrder, string]>([
    ['31/12/1980', 'dmy', '1980-12-31'],
    ['12/31/1980', 'mdy', '1980-12-31'],
    ['05/06/1980', 'dmy', '1980-06-05'],
    ['05/06/1980', 'mdy', '1980-05-06'],
    ['1/2/2005', 'dmy', '2005-02-01'],
    ['31-12-80', 'dmy', '1980-12-31'],
    ['1.2.05', 'dmy', '2005-02-01'],
    ['31 12 1980', 'dmy', '1980-12-31'],
    ['1980-12-31', 'dmy', '1980-12-31'],
    ['1980/1/5', 'mdy', '1980-01-05'],
    ['80/12/31', 'ymd', '1980-12-31'],
    ['19560409', 'dmy', '1956-04-09'],
    ['09041956', 'dmy', '1956-04-09'],
    ['04091956', 'mdy', '1956-04-09'],
    ['090456', 'dmy', '1956-04-09'],
    ['31 de diciembre de 1980', 'dmy', '1980-12-31'],
    ['3 sept. 1999', 'dmy', '1999-09-03'],
    ['31-dic-80', 'dmy', '1980-12-31'],
    ['martes, 5 de marzo de 2024', 'dmy', '2024-03-05'],
    ['Dec 31st, 1980', 'dmy', '1980-12-31'],
    ['March 4, 2024', 'dmy', '2024-03-04'],
    ['29/02/2024', 'dmy', '2024-02-29'],
  ])('%s as %s → %s', (input, order, iso) => {
    expect(normaliseDate(input, order)).toEqual({ original: input, iso, valid: true });
  });

  it.each([
    ['1980-12-31T10:20:30.123Z', '1980-12-31', '10:20:30.123', 'Z'],
    ['2024-01-31T10:00:00+0200', '2024-01-31', '10:00:00', '+02:00'],
    ['2024-01-31 10:05', '2024-01-31', '10:05:00', undefined],
    ['31/01/2024 9:05 PM', '2024-01-31', '21:05:00', undefined],
    ['31/01/2024, 12:05 a.m.', '2024-01-31', '00:05:00', undefined],
    ['20240131103000', '2024-01-31', '10:30:00', undefined],
  ])('%s has its time', (input, iso, time, zone) => {
    const date = normaliseDate(input);
    expect([date.iso, date.time, date.zone, date.valid]).toEqual([iso, time, zone, true]);
  });

  it.each<[string, DateOptions, string, string?]>([
    ['44927', { excelSerial: true }, '2023-01-01'],
    ['44927,5', { excelSerial: true }, '2023-01-01', '12:00:00'],
    ['61', { excelSerial: true }, '1900-03-01'],
    ['31/12/40', { pivot: 50 }, '2040-12-31'],
    ['31/12/40', {}, '1940-12-31'],
  ])('%s with %j → %s', (input, options, iso, time) => {
    expect(normaliseDate(input, 'dmy', options)).toMatchObject({ iso, ...(time && { time }) });
  });

  it.each<[string, string, string]>([
    ['', '', 'empty'],
    ['hola', '', 'format'],
    ['sin fecha', '', 'placeholder'],
    ['30/02/1990', '', 'no-such-date'],
    ['29/02/2023', '', 'no-such-date'],
    ['0000-00-00', '', 'no-such-date'],
    ['1900-01-01', '1900-01-01', 'placeholder'],
    ['9999-12-31', '9999-12-31', 'placeholder'],
    ['1800-05-05', '1800-05-05', 'year-implausible'],
    ['44927', '', 'format'],
    ['5/6/2020 25:00', '2020-06-05', 'format'],
  ])('%j is marked: %j, %s', (input, iso, problem) => {
    expect(normaliseDate(input)).toMatchObject({ original: input, iso, valid: false, problem });
  });

  it('an impossible month is read as the day, with a remark', () => {
    expect(normaliseDate('12/31/1980', 'dmy')).toMatchObject({ iso: '1980-12-31', valid: true, problem: 'day-month-swapped' });
  });

  const orders = fc.constantFrom<DateOrder>('dmy', 'mdy', 'ymd');

  it('every real day comes back from every way of writing it', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1900-03-01'), max: new Date('2098-12-31'), noInvalidDate: true }), (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [y, m, d] = iso.split('-') as [string, string, string];
        for (const text of [
          `${d}/${m}/${y}`,
          `${Number(d)}.${Number(m)}.${y}`,
          `${y}${m}${d}`,
          `${iso}T00:00:00Z`,
          `${Number(d)} ${date.toLocaleString('es', { month: 'long', timeZone: 'UTC' })} ${y}`,
        ]) {
          expect(normaliseDate(text, 'dmy').iso).toBe(iso);
        }
        expect(normaliseDate(`${m}/${d}/${y}`, 'mdy').iso).toBe(iso);
        expect(normaliseDate(String(date.getTime() / 86_400_000 + 25_569), 'dmy', { excelSerial: true }).iso).toBe(iso);
      }),
    );
  });

  it('the ISO date reads as itself in any order', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.stringMatching(/^[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}$/), fc.stringMatching(/^[0-9]{6,8}$/), fc.string()),
        orders,
        orders,
        (input, order, other) => {
          const { iso, valid } = normaliseDate(input, order);
          if (iso !== '') expect(normaliseDate(iso, other)).toMatchObject({ iso, valid });
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('never throws and keeps the original', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), orders, (input, order) => {
        expect(normaliseDate(input, order).original).toBe(input);
      }),
    );
  });
});

describe('detectDateOrder', () => {
  it.each<[string[], DateOrder]>([
    [['01/02/2020', '25/02/2020'], 'dmy'],
    [['01/02/2020', '02/25/2020'], 'mdy'],
    [['2020-02-03', '2020-02-28'], 'ymd'],
    [['19560409', '19801231'], 'ymd'],
    [['31121980', '01021990'], 'dmy'],
    [['80/12/31', '79/01/30'], 'ymd'],
    [['25/02/2020 10:00'], 'dmy'],
    [['hola', ''], 'dmy'],
    [[], 'dmy'],
  ])('%j → %s', (samples, order) => {
    expect(detectDateOrder(samples)).toBe(order);
  });
});
