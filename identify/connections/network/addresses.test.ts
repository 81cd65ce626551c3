import { describe, expect, it } from 'vitest';
import { checkUrl, mayConnect } from './addresses.ts';

describe('where a connection may go', () => {
  it.each([
    ['93.184.215.14', true, true],
    ['2606:2800:21f:cb07:6820:80da:af6b:8b2c', true, true],
    ['127.0.0.1', false, true],
    ['10.1.2.3', false, true],
    ['172.31.255.255', false, true],
    ['172.32.0.1', true, true],
    ['192.168.1.10', false, true],
    ['100.64.0.1', false, true],
    ['::1', false, true],
    ['fd12::1', false, true],
    ['::ffff:10.0.0.1', false, true],
    ['::ffff:7f00:1', false, true],
    ['64:ff9b::7f00:1', false, true],
    ['169.254.169.254', false, false],
    ['::ffff:169.254.169.254', false, false],
    ['fe80::1', false, false],
    ['0.0.0.0', false, false],
    ['::', false, false],
    ['224.0.0.1', false, false],
    ['255.255.255.255', false, false],
  ])('%s: %s, and with the own network %s', (address, outside, own) => {
    expect(mayConnect(address, false)).toBe(outside);
    expect(mayConnect(address, true)).toBe(own);
  });

  it.each([
    ['no es una dirección', 'VIN_WEBHOOK_URL'],
    ['ftp://example.com/', 'VIN_WEBHOOK_URL'],
    ['https://ana:clave@example.com/', 'VIN_WEBHOOK_URL_SECRET'],
    ['http://localhost:9000/', 'VIN_WEBHOOK_PRIVATE'],
    ['http://127.0.0.1/', 'VIN_WEBHOOK_PRIVATE'],
    ['http://2130706433/', 'VIN_WEBHOOK_PRIVATE'],
    ['http://0x7f.1/', 'VIN_WEBHOOK_PRIVATE'],
    ['http://[::1]/', 'VIN_WEBHOOK_PRIVATE'],
    ['http://[::ffff:127.0.0.1]/', 'VIN_WEBHOOK_PRIVATE'],
  ])('%s is refused', async (url, code) => {
    await expect(checkUrl(url, false)).rejects.toMatchObject({ code });
  });

  it('the own network is allowed where somebody says so, the keys of a cloud machine never', async () => {
    await expect(checkUrl('http://localhost:9000/', true)).resolves.toMatchObject({ hostname: 'localhost' });
    await expect(checkUrl('http://169.254.169.254/latest', true)).rejects.toMatchObject({ code: 'VIN_WEBHOOK_PRIVATE' });
  });
});
