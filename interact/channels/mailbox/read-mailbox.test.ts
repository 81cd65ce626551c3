// Mails on a real IMAP server become contacts: each once, whatever they look like and whenever the reader dies.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentsOf } from '../post/documents.ts';
import { openFile } from '../post/document-files.ts';
import { type TestMail, testMail } from './mailbox.fixture.ts';
import { base64, mail, multipart } from './mails.fixture.ts';

let file: TestMail;
let marta: { customer: string; record: string };

beforeAll(async () => {
  file = await testMail();
  marta = await file.person('Marta', 'Ibáñez', { email: 'marta@correo.example' });
  await file.person('Luis', 'Compartido', { email: 'casa@correo.example', mobile: '655010203' });
  await file.person('Nuria', 'Compartida', { email: 'casa@correo.example', mobile: '655040506' });
});
afterAll(() => file?.close());

const facts = () =>
  file.context.warehouse.rows<{ id: string; topic: string; text: string; direction: string; outcome: string }>(
    `select toString(contact_id) as id, topic, text, toString(direction) as direction, outcome from contact final where record_id = {record:UUID}`,
    { record: marta.record },
  );

describe('a new mail', () => {
  it('is a contact of the customer whose address it is, in the warehouse at once', async () => {
    const box = await file.mailbox();
    await box.deliver(mail({ subject: '=?utf-8?Q?Devoluci=C3=B3n?=', body: 'No me queda bien.\r\n\r\n-- \r\nMarta\r\n' }));
    expect(await box.read()).toBe(1);
    const [letter] = await box.letters();
    expect(letter).toMatchObject({
      state: 'assigned',
      record_id: marta.record,
      topic: 'Devolución',
      sender_name: 'Marta',
      sender_address: 'marta@correo.example',
    });
    expect((await facts()).find(({ id }) => id === letter!.entry_id)).toMatchObject({
      topic: 'Devolución',
      text: 'No me queda bien.',
      direction: 'in',
    });
  });

  it('waits when nobody has the address, or several have', async () => {
    const box = await file.mailbox();
    await box.deliver(mail({ from: 'Alguien <alguien@otra.example>' }));
    await box.deliver(mail({ from: 'casa@correo.example' }));
    await box.deliver(mail({ headers: { From: '' } }));
    expect(await box.read()).toBe(3);
    expect((await box.letters()).map(({ sender_address, state, why }) => [sender_address, state, why]).toSorted()).toEqual([
      ['', 'waiting', 'unknown'],
      ['alguien@otra.example', 'waiting', 'unknown'],
      ['casa@correo.example', 'waiting', 'several'],
    ]);
  });

  it('is left, marked as seen, or moved, as the mailbox says', async () => {
    const [left, seen, moved] = [
      await file.mailbox(),
      await file.mailbox({ after: 'seen' }),
      await file.mailbox({ after: 'move', moveTo: 'Vinculo' }),
    ];
    for (const box of [left, seen, moved]) {
      await box.deliver(mail());
      expect(await box.read()).toBe(1);
      expect(await box.read()).toBe(0);
    }
    expect(await file.server.lying(left.user)).toEqual({ mails: 1, seen: 0 });
    expect(await file.server.lying(seen.user)).toEqual({ mails: 1, seen: 1 });
    expect(await file.server.lying(moved.user)).toEqual({ mails: 0, seen: 0 });
    expect((await file.server.lying(moved.user, 'Vinculo')).mails).toBe(1);
  });

  it('older than the day from which is read is not read', async () => {
    const box = await file.mailbox({ since: '2999-01-01' });
    await box.deliver(mail());
    expect(await box.read()).toBe(0);
  });
});

describe('each mail once', () => {
  it('when the server gives all mails new numbers', async () => {
    const box = await file.mailbox();
    for (const subject of ['one', 'two', 'three']) await box.deliver(mail({ subject }));
    expect(await box.read()).toBe(3);
    const before = await box.row();
    await file.server.renumber(box.user);
    await box.deliver(mail({ subject: 'four' }));
    expect(await box.read()).toBe(1);
    const after = await box.row();
    expect(after.uid_validity).not.toBe(before.uid_validity);
    expect((await box.letters()).map(({ topic }) => topic).toSorted()).toEqual(['four', 'one', 'three', 'two']);
  });

  it('when the same mail comes twice; but two mails that only share their Message-ID are two', async () => {
    const box = await file.mailbox();
    const same = mail({ id: '<siempre@correo.example>', subject: 'Pedido 1' });
    await box.deliver(same);
    await box.deliver(same);
    await box.deliver(mail({ id: '<siempre@correo.example>', subject: 'Pedido 2' }));
    const nameless = mail({ id: null, subject: 'sin identificador' });
    await box.deliver(nameless);
    await box.deliver(nameless);
    await box.read();
    expect((await box.letters()).map(({ topic }) => topic).toSorted()).toEqual(['Pedido 1', 'Pedido 2', 'sin identificador']);
  });

  it('when the reader is stopped after any of them', async () => {
    const box = await file.mailbox({ after: 'seen' });
    for (let n = 0; n < 12; n++) await box.deliver(mail({ subject: `mail ${n}` }));
    for (let round = 0; round < 30 && (await box.letters()).length < 12; round++) {
      const stop = new AbortController();
      // Each round a little later: it dies before, in and between mails.
      setTimeout(() => stop.abort(), 5 + round * 15);
      await box.read(stop.signal).catch(() => {});
    }
    await box.read();
    expect((await box.letters()).map(({ topic }) => topic).toSorted()).toEqual(
      Array.from({ length: 12 }, (_, n) => `mail ${n}`).toSorted(),
    );
    expect(await file.server.lying(box.user)).toEqual({ mails: 12, seen: 12 });
  });

  it('when it was taken and the reader died before it was marked', async () => {
    const box = await file.mailbox({ after: 'seen' });
    await box.deliver(mail({ subject: 'taken' }));
    await box.read();
    await sql`update mailbox set last_uid = 0, uid_validity = null where id = ${box.id}`.execute(file.context.store.db);
    expect(await box.read()).toBe(0);
    expect(await box.letters()).toHaveLength(1);
  });
});

describe('letters of all kinds', () => {
  const read = async (written: Buffer) => {
    const box = await file.mailbox();
    await box.deliver(written);
    expect(await box.read()).toBe(1);
    const [letter] = await box.letters();
    return { letter: letter!, documents: await documentsOf(file.context.store.db, letter!.entry_id) };
  };

  it.each([
    ['quoted-printable', 'iso-8859-1', 'quoted-printable', Buffer.from('A=F1o nuevo, coraz=F3n=\r\n contento')],
    ['eight bits', 'windows-1252', '8bit', Buffer.from('A\xf1o nuevo, coraz\xf3n contento', 'latin1')],
    ['base64', 'utf-8', 'base64', Buffer.from(base64(Buffer.from('Año nuevo, corazón contento')))],
  ])('in Spanish as %s', async (_, charset, encoding, body) => {
    const headers = { 'Content-Type': `text/plain; charset=${charset}`, 'Content-Transfer-Encoding': encoding };
    const { letter } = await read(mail({ subject: '=?iso-8859-1?Q?Sobre_el_a=F1o?=', headers, body }));
    expect(letter.body.trim()).toBe('Año nuevo, corazón contento');
    expect(letter.topic).toBe('Sobre el año');
  });

  it('windows-1252 keeps what Latin 1 has not', async () => {
    const headers = { 'Content-Type': 'text/plain; charset=windows-1252', 'Content-Transfer-Encoding': '8bit' };
    const { letter } = await read(mail({ headers, body: Buffer.from([0x93, 0x32, 0x30, 0x20, 0x80, 0x94]) }));
    expect(letter.body.trim()).toBe('“20 €”');
  });

  it('HTML alone has a text too', async () => {
    const { letter } = await read(
      mail({
        headers: { 'Content-Type': 'text/html; charset=utf-8' },
        body: '<p>Hola <b>tienda</b></p><img src="https://x.example/p.gif"><script>alert(1)</script>',
      }),
    );
    expect(letter.body).toBe('Hola tienda');
    expect(letter.html).toContain('<b>tienda</b>');
  });

  it('an attachment of 20 MB is kept whole, and little of it is in memory', async () => {
    const content = Buffer.alloc(20 * 1024 * 1024, 'contenido del adjunto ');
    content.write('%PDF-1.7', 0);
    const written = multipart([
      { headers: { 'Content-Type': 'text/plain' }, body: 'Va adjunto' },
      {
        headers: {
          'Content-Type': 'application/pdf; name="../../etc/catálogo.pdf"',
          'Content-Disposition': 'attachment',
          'Content-Transfer-Encoding': 'base64',
        },
        body: base64(content),
      },
    ]);
    const box = await file.mailbox();
    await box.deliver(written);
    globalThis.gc?.();
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
    let most = 0;
    const watch = setInterval(() => {
      const now = process.memoryUsage();
      most = Math.max(most, now.arrayBuffers + now.heapUsed - before);
    }, 5);
    expect(await box.read()).toBe(1);
    clearInterval(watch);
    const [letter] = await box.letters();
    const [document] = await documentsOf(file.context.store.db, letter!.entry_id);
    expect(document).toMatchObject({ name: 'catálogo.pdf', media_type: 'application/pdf', size: content.length });
    const pieces: Buffer[] = [];
    for await (const piece of await openFile(file.context.config, document!.hash!)) pieces.push(piece as Buffer);
    expect(Buffer.concat(pieces).equals(content)).toBe(true);
    // Garbage included, which is collected when there is need.
    expect(most).toBeLessThan(120 * 1024 * 1024);
  });

  it('an attachment too large is named and not kept; the mail is', async () => {
    const content = Buffer.alloc(27 * 1024 * 1024, 'x');
    const { letter, documents } = await read(
      multipart([
        { headers: { 'Content-Type': 'text/plain' }, body: 'Va adjunto' },
        {
          headers: {
            'Content-Type': 'video/mp4; name="video.mp4"',
            'Content-Disposition': 'attachment',
            'Content-Transfer-Encoding': 'base64',
          },
          body: base64(content),
        },
        {
          headers: {
            'Content-Type': 'image/png; name="foto.png"',
            'Content-Disposition': 'attachment',
            'Content-Transfer-Encoding': 'base64',
          },
          body: base64(Buffer.from('89504e470d0a1a0a00', 'hex')),
        },
      ]),
    );
    expect(letter.body.trim()).toBe('Va adjunto');
    expect(documents).toEqual([
      expect.objectContaining({ name: 'video.mp4', hash: null, refused: 'too_large' }),
      expect.objectContaining({ name: 'foto.png', media_type: 'image/png', refused: null }),
    ]);
  });

  it('what an attachment is, its bytes say: a program that calls itself a picture is none', async () => {
    const { documents } = await read(
      multipart([
        {
          headers: { 'Content-Type': 'image/png; name="foto.png"', 'Content-Disposition': 'attachment' },
          body: 'MZ\x90 this is a program',
        },
      ]),
    );
    expect(documents[0]).toMatchObject({ name: 'foto.png', media_type: 'application/octet-stream' });
  });

  it.each([
    [
      'a boundary that never comes',
      mail({ headers: { 'Content-Type': 'multipart/mixed; boundary="nunca"' }, body: 'texto sin frontera\r\n' }),
    ],
    ['a charset nobody knows', mail({ headers: { 'Content-Type': 'text/plain; charset=inventado-99' }, body: 'texto' })],
    ['base64 that is none', mail({ headers: { 'Content-Transfer-Encoding': 'base64' }, body: '***no es base64***' })],
    ['a NUL and half a character', mail({ subject: 'a\u0000b', body: Buffer.from([0x61, 0x00, 0x62, 0xff, 0xfe, 0xed, 0xa0, 0x80]) })],
    ['nothing but a line', Buffer.from('esto no es un correo\r\n')],
    ['a head of two megabytes', mail({ headers: { 'X-Long': 'x'.repeat(2 * 1024 * 1024) } })],
    ['two thousand parts', multipart(Array.from({ length: 2_000 }, () => ({ headers: { 'Content-Type': 'text/plain' }, body: 'parte' })))],
    [
      'parts in parts',
      Buffer.from(
        `From: marta@correo.example\r\nSubject: x\r\n${Array.from({ length: 150 }, (_, n) => `Content-Type: multipart/mixed; boundary="b${n}"\r\n\r\n--b${n}\r\n`).join('')}\r\nhola\r\n`,
      ),
    ],
  ])('%s: it is kept as far as it can be read, and those after it come too', async (_, written) => {
    const box = await file.mailbox();
    await box.deliver(written);
    await box.deliver(mail({ subject: 'después' }));
    await box.read();
    const topics = (await box.letters()).map(({ topic }) => topic);
    expect(topics).toHaveLength(2);
    expect(topics).toContain('después');
  });
});

describe('what machines write', () => {
  it('is set aside: automatic replies and lists', async () => {
    const box = await file.mailbox();
    await box.deliver(mail({ subject: 'Estoy de vacaciones', headers: { 'Auto-Submitted': 'auto-replied' } }));
    await box.deliver(mail({ subject: 'Boletín', headers: { 'List-Id': '<boletin.example>' } }));
    await box.read();
    expect((await box.letters()).map(({ topic, state, why, record_id }) => [topic, state, why, record_id]).toSorted()).toEqual([
      ['Boletín', 'aside', 'list', null],
      ['Estoy de vacaciones', 'aside', 'auto_reply', null],
    ]);
  });

  it('a mail that came back is noted on the customer: that address does not exist', async () => {
    const box = await file.mailbox();
    await box.deliver(
      multipart(
        [
          { headers: { 'Content-Type': 'text/plain' }, body: 'No se pudo entregar' },
          {
            headers: { 'Content-Type': 'message/delivery-status' },
            body: 'Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; marta@correo.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\r\n',
          },
        ],
        {
          from: 'MAILER-DAEMON@mx.example',
          subject: 'Undelivered Mail',
          headers: { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary="frontera-de-prueba"', 'Return-Path': '<>' },
        },
        'report',
      ),
    );
    await box.read();
    const [letter] = await box.letters();
    expect(letter).toMatchObject({ state: 'aside', why: 'bounce', record_id: marta.record, direction: 'out' });
    expect((await facts()).find(({ id }) => id === letter!.entry_id)).toMatchObject({
      direction: 'out',
      outcome: 'Devuelto: marta@correo.example no existe (5.1.1)',
    });
    const { rows } = await sql`select status, reason from email_bounce where address = 'marta@correo.example'`.execute(
      file.context.store.db,
    );
    expect(rows).toEqual([{ status: '5.1.1', reason: '550 5.1.1 User unknown' }]);
  });
});

describe('a conversation', () => {
  it('is one, in whatever order its mails come', async () => {
    const box = await file.mailbox();
    const write = (id: string, refers: string) =>
      mail({ id: `<${id}@hilo.example>`, subject: id, headers: refers ? { References: refers } : {} });
    await box.deliver(write('tercero', '<primero@hilo.example> <segundo@hilo.example>'));
    await box.read();
    await box.deliver(write('primero', ''));
    await box.read();
    await box.deliver(write('segundo', '<primero@hilo.example>'));
    await box.deliver(mail({ subject: 'otra cosa' }));
    await box.read();
    const threads = new Map((await box.letters()).map(({ topic, thread_id }) => [topic, thread_id]));
    expect(new Set(['primero', 'segundo', 'tercero'].map((topic) => threads.get(topic))).size).toBe(1);
    expect(threads.get('otra cosa')).not.toBe(threads.get('primero'));
  });
});
