import { describe, expect, it } from 'vitest';
import { foldQuoted } from './fold-quoted.ts';

describe('what is new in a mail', () => {
  it.each([
    ['an answer above', 'Sí, gracias.\n\nEl lun, 2 mar 2026 a las 10:00, Tienda <t@x.example> escribió:\n> ¿Lo quiere?', 'Sí, gracias.'],
    ['over two lines', 'Sí.\n\nOn Mon, Mar 2, 2026 at 10:00 AM A Very Long Name\n<t@x.example> wrote:\n> Well?', 'Sí.'],
    ['Outlook', 'De acuerdo.\n\nDe: Tienda <t@x.example>\nEnviado el: lunes, 2 de marzo\nPara: Marta\nAsunto: x\n\nHola', 'De acuerdo.'],
    ['an original message', 'Vale\n\n-----Mensaje original-----\nDe: t\nhola', 'Vale'],
    ['a signature', 'Hola\n\n-- \nMarta\nTel. 655', 'Hola'],
    ['a telephone', 'Llego tarde\n\nEnviado desde mi iPhone', 'Llego tarde'],
    ['quoted lines at the end', 'No\n\n> ¿Viene?\n> Dígalo', 'No'],
    ['answers in between', '> ¿Color?\nRojo\n> ¿Talla?\nGrande', '> ¿Color?\nRojo\n> ¿Talla?\nGrande'],
    ['an answer below: nothing is hidden', '> ¿Viene?', '> ¿Viene?'],
    ['words that only look like it', 'De: nada, hasta luego\nMarta', 'De: nada, hasta luego\nMarta'],
    ['el, as people write it', 'El lunes llamé y nadie contestó.\nEspero noticias', 'El lunes llamé y nadie contestó.\nEspero noticias'],
  ])('%s', (_, text, shown) => {
    expect(foldQuoted(text).shown).toBe(shown);
  });

  it('nothing of it is lost', () => {
    const words = (text: string) => text.split(/\s+/).filter(Boolean);
    for (const text of ['a\n-- \nb', '> x\ny\n> z', '', '\n\n', 'El lun, 2 mar 2026, T escribió:\nx']) {
      const { shown, folded } = foldQuoted(text);
      expect([...words(shown), ...words(folded)]).toEqual(words(text));
    }
  });
});
