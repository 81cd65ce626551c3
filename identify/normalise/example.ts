// npx tsx identify/normalise/example.ts
import {
  detectDateOrder,
  givenNameRoot,
  normaliseAddress,
  normaliseCompanyName,
  normaliseDate,
  normaliseEmail,
  normaliseName,
  normaliseNationalId,
  normaliseNumber,
  normalisePhone,
  phoneticKey,
  proposeMapping,
} from '@vinculo/normalise';

const name = normaliseName('Dña. Mª DEL CARMEN GARCIA-SANZ DE LA FUENTE');
console.log(name.display, name.key, name.gender);
// María del Carmen García-Sanz de la Fuente { given: 'maria carmen', surname1: 'garcia sanz', surname2: 'fuente' } f

console.log(givenNameRoot('conchi'), phoneticKey('Vázquez') === phoneticKey('Basques'));
// concepcion true

console.log(normalisePhone('0034 600-12-31-24', 'CO').e164, normaliseEmail('Ana.Ruiz+web@googlemail.com').key);
// +34600123124 anaruiz@gmail.com

const id = normaliseNationalId('890.903.938-8', 'CO');
console.log(id.type, id.value, id.checkDigit);
// NIT_CO 8909039388 ok

const order = detectDateOrder(['25/03/1980', '01/02/1956']);
console.log(normaliseDate('01/02/1956', order).iso, normaliseNumber('1.234,50 €', ',').text);
// 1956-02-01 1234.50

const address = normaliseAddress('C/ Ntra. Sra. del Carmen nº 12, 3ºB, 08013 BARCELONA', 'ES');
console.log(address.line, address.province, address.key);
// Calle Nuestra Señora del Carmen, 12, 3º B Barcelona nuestra senora carmen 12

console.log(normaliseCompanyName('TALLERES GARCIA, SOCIEDAD LIMITADA').display);
// Talleres García, S.L.

const mapping = proposeMapping(
  [
    { name: 'COD', samples: ['1', '2'] },
    { name: 'Nombre', samples: ['García López, Ana', 'Ruiz Soto, Luis'] },
    { name: 'Fec. nac.', samples: ['01/02/1956', '25/03/1980'] },
    { name: 'campo 4', samples: ['12345678Z', 'X1234567L'] },
  ],
  'customers',
);
console.log(mapping.map(({ column, field, score, reason }) => `${column} → ${field} (${score}, ${reason})`).join('\n'));
