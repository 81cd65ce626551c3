import { describe, expect, it } from 'vitest';
import { bouncedOf, classifyMail } from './classify-mail.ts';

const classified = (headers: Record<string, string>) => classifyMail(new Map(Object.entries(headers)));

describe('who wrote a mail', () => {
  it.each([
    ['person', { from: 'marta@correo.example', 'return-path': '<marta@correo.example>' }],
    ['person', { from: 'marta@correo.example', 'auto-submitted': 'no' }],
    ['person', { from: 'postmaster@cliente.example', 'return-path': '<postmaster@cliente.example>' }],
    ['auto_reply', { 'auto-submitted': 'auto-replied (vacation)' }],
    ['auto_reply', { 'auto-submitted': 'auto-generated' }],
    ['auto_reply', { precedence: 'auto_reply' }],
    ['auto_reply', { 'x-autoreply': 'yes' }],
    ['auto_reply', { 'content-type': 'multipart/report; report-type=disposition-notification; boundary=x' }],
    ['auto_reply', { from: 'web@tienda.example', 'return-path': '<>' }],
    ['list', { 'list-id': 'Boletín <boletin.example>' }],
    ['list', { 'list-unsubscribe': '<https://x.example>' }],
    ['list', { precedence: 'bulk' }],
    ['bounce', { 'content-type': 'multipart/report; report-type=delivery-status; boundary="x"', 'auto-submitted': 'auto-replied' }],
    ['bounce', { from: 'Mail Delivery System <MAILER-DAEMON@mx.example>', 'return-path': '<>' }],
    ['bounce', { 'x-failed-recipients': 'marta@correo.example' }],
  ])('%s: %o', (purpose, headers) => {
    expect(classified(headers as unknown as Record<string, string>)).toBe(purpose);
  });
});

describe('a report of delivery', () => {
  const report = (status: string, action = 'failed') =>
    bouncedOf(
      `Reporting-MTA: dns; mx\r\n\r\nOriginal-Recipient: rfc822;MARTA@correo.example\r\nFinal-Recipient: rfc822; Marta@Correo.example\r\nAction: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; 550 no such\r\n  user here\r\n`,
    );

  it('says which address does not exist, and why', () => {
    expect(report('5.1.1')).toEqual([{ address: 'marta@correo.example', status: '5.1.1', reason: '550 no such user here', hard: true }]);
  });

  it.each([
    ['5.1.10', true],
    ['5.0.0', true],
    ['5.2.2', false],
    ['5.7.1', false],
    ['4.4.1', false],
  ])('%s: for ever %s', (status, hard) => {
    expect(report(status)[0]).toMatchObject({ hard });
  });

  it('of a delay is no bounce', () => {
    expect(report('4.4.1', 'delayed')).toEqual([]);
  });
});
