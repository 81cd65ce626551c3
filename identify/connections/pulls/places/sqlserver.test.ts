// SQL Server has no package that runs here: what can be known without one is, the rest is said in the guide.
import mssql from 'mssql';
import { describe, expect, it } from 'vitest';
import type { PullSettings } from '../../api/pulls.ts';
import { cursorQuery } from './cursor-query.ts';
import { withPlace } from './open-place.ts';
import { asPlaceError } from './place-error.ts';
import { asColumn, asText, dialect, serverConfig } from './sqlserver.ts';
import { testConfig } from '@vinculo/testing';

const settings: Extract<PullSettings, { kind: 'sqlserver' }> = {
  kind: 'sqlserver',
  host: 'erp.local',
  database: 'Navision',
  user: 'lector',
  tls: 'verify',
  query: 'select * from dbo.Cliente',
  overlapSeconds: 300,
};

describe('a SQL Server', () => {
  it('is opened encrypted and for reading only; its certificate is checked unless that is switched off', () => {
    expect(serverConfig(settings, { password: 'x' })).toMatchObject({
      server: 'erp.local',
      port: 1433,
      options: { encrypt: true, trustServerCertificate: false, readOnlyIntent: true },
    });
    expect(serverConfig({ ...settings, tls: 'unchecked' }, {}).options).toMatchObject({ encrypt: true, trustServerCertificate: true });
    expect(serverConfig({ ...settings, tls: 'off', port: 1500 }, {})).toMatchObject({ port: 1500, options: { encrypt: false } });
  });

  it.each([
    ['int', 'number', 'q.[v] >= cast(@from as bigint)'],
    ['decimal', 'number', 'q.[v] >= cast(@from as decimal(38, 10))'],
    ['date', 'time', 'q.[v] >= cast(@from as date)'],
    ['datetimeoffset', 'time', 'q.[v] >= dateadd(second, -300, cast(@from as datetimeoffset(7)))'],
    ['datetime', 'time', 'q.[v] >= dateadd(second, -300, cast(@from as datetime2(7)))'],
    ['nvarchar', 'text', 'q.[v] >= @from'],
  ] as const)('is asked for %s from a value on', (type, grows, expected) => {
    const text = cursorQuery(dialect, settings.query, [{ name: 'v', type, grows }], { column: 'v', value: '1', overlapSeconds: 300 });
    expect(text).toContain(expected);
  });

  it.each([
    [mssql.Int, 'int', 'number'],
    [mssql.DateTime2, 'datetime2', 'time'],
    [mssql.DateTimeOffset(7), 'datetimeoffset', 'time'],
    [mssql.NVarChar(50), 'nvarchar', 'text'],
    [mssql.Bit, 'bit', undefined],
  ])('knows the type %#', (type, called, grows) => {
    expect(asColumn({ name: 'v', type })).toEqual({ name: 'v', type: called, ...(grows ? { grows } : {}) });
  });

  it.each([
    [new Date('2026-01-31T23:30:00.250Z'), 'datetime2', '2026-01-31T23:30:00.250'],
    [new Date('2026-01-31T23:30:00.250Z'), 'datetimeoffset', '2026-01-31T23:30:00.250Z'],
    [new Date('2026-01-31T00:00:00Z'), 'date', '2026-01-31'],
    [Buffer.from([1, 255]), 'varbinary', '01ff'],
    [null, 'int', ''],
    [true, 'bit', 'true'],
    [12.5, 'decimal', '12.5'],
  ])('writes %s of %s as %s', (value, type, text) => {
    expect(asText(value, type)).toBe(text);
  });

  it('says what to do when it does not answer, or does not let anybody in', async () => {
    const away = { ...settings, host: '127.0.0.1', port: 1 };
    await expect(withPlace(away, { password: 'secreta' }, testConfig(), async () => {})).rejects.toMatchObject({
      code: 'VIN_CONNECTION_UNREACHABLE',
    });
    const refused = Object.assign(new Error("Login failed for user 'lector'."), { code: 'ELOGIN' });
    expect(asPlaceError(refused, settings, {})).toMatchObject({ code: 'VIN_CONNECTION_DENIED', params: { host: 'erp.local' } });
    const wrong = Object.assign(new Error("Incorrect syntax near 'secreta'."), { code: 'EREQUEST', number: 102 });
    expect(asPlaceError(wrong, settings, { password: 'secreta' }).params).toEqual({ reason: "Incorrect syntax near '•••'." });
  });
});
