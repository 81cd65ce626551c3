import { describe, expect, it } from 'vitest';
import { columnsQuery, cursorQuery } from './cursor-query.ts';
import { dialect as mysql } from './mysql.ts';
import { dialect as postgres } from './postgres.ts';
import { dialect as sqlserver } from './sqlserver.ts';

const time = (type: string) => [{ name: 'cambiado', type, grows: 'time' as const }];
const from = { column: 'cambiado', value: '2026-01-01 10:00:00', overlapSeconds: 300 };

describe('a query from a value on', () => {
  it.each([
    [postgres, 'timestamp with time zone', `q."cambiado" >= $1::timestamp with time zone - interval '300 seconds'`],
    [mysql, 'datetime', 'q.`cambiado` >= cast(? as datetime(6)) - interval 300 second'],
    [sqlserver, 'datetime2', 'q.[cambiado] >= dateadd(second, -300, cast(@from as datetime2(7)))'],
  ] as const)('binds the value in each database', (dialect, type, expected) => {
    const text = cursorQuery(dialect, 'select * from pedido -- todos\n;  ', time(type), from);
    expect(text).toContain(expected);
    expect(text).toContain('(\nselect * from pedido -- todos\n) as q');
    expect(text).not.toContain('2026');
    expect(text).toMatch(/order by q\..cambiado.$/);
  });

  it('begins with every row that has a value', () => {
    expect(cursorQuery(postgres, 'select 1', time('date'), { column: 'cambiado', overlapSeconds: 300 })).toContain(
      'where q."cambiado" is not null',
    );
  });

  it('without a cursor is the query itself', () => {
    expect(cursorQuery(mysql, 'select 1;', [])).toBe('select q.* from (\nselect 1\n) as q');
    expect(columnsQuery('select 1;')).toBe('select q.* from (\nselect 1\n) as q where 1 = 0');
  });

  it.each([
    [postgres, 'a"b', '"a""b"'],
    [mysql, 'a`b', '`a``b`'],
    [sqlserver, 'a]b', '[a]]b]'],
  ] as const)('lets no name become SQL', (dialect, name, quoted) => {
    expect(dialect.quote(name)).toBe(quoted);
  });

  it('knows only columns that are there', () => {
    expect(() => cursorQuery(postgres, 'select 1', [], from)).toThrow('No column cambiado');
  });
});
