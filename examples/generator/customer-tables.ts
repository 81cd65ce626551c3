// How each source writes a customer: its columns, their meaning, its formats. What is said is decided in declaration.ts.
import { addressLine } from './address-line.ts';
import { dmyDate, isoDate, twoDigits } from './dates.ts';
import type { Declaration } from './declaration.ts';
import { type FileOptions, surveyFormat, tillFormat, webFormat } from './manifest.ts';
import type { RandomSource } from './random.ts';
import { withoutAccents } from './typos.ts';

export interface CustomerTable {
  columns: readonly string[];
  mapping: Record<string, string>;
  options: FileOptions;
  cells(random: RandomSource, key: string, declaration: Declaration): string[];
}

/** The loyalty-card system: upper case, one phone, the shop's own balance with a decimal comma. */
export const cardTable: CustomerTable = {
  columns: [
    'Nº tarjeta',
    'Nombre',
    'Apellido 1',
    'Apellido 2',
    'DNI',
    'F. Nacimiento',
    'Sexo',
    'Teléfono',
    'Correo electrónico',
    'Domicilio',
    'CP',
    'Población',
    'Provincia',
    'Alta',
    'Saldo puntos',
  ],
  mapping: {
    'Nº tarjeta': 'key',
    Nombre: 'given_name',
    'Apellido 1': 'surname1',
    'Apellido 2': 'surname2',
    DNI: 'national_id',
    'F. Nacimiento': 'birth_date',
    Sexo: 'gender',
    Teléfono: 'phone',
    'Correo electrónico': 'email',
    Domicilio: 'address',
    CP: 'postcode',
    Población: 'city',
    Provincia: 'province',
    Alta: 'created_at',
  },
  options: tillFormat,
  cells: (random, key, d) => {
    const style = random.below(3);
    const line = d.address ? withoutAccents(addressLine(d.address, random.below(12))).toUpperCase() : '';
    const points = random.below(5000);
    return [
      key,
      d.given.toUpperCase(),
      d.surname1.toUpperCase(),
      d.surname2.toUpperCase(),
      style === 0 && d.nationalId !== '' ? `${d.nationalId.slice(0, -1)}-${d.nationalId.slice(-1)}` : d.nationalId,
      d.birth === null ? '' : dmyDate(d.birth),
      d.gender === 'F' ? 'MUJER' : 'HOMBRE',
      style === 1 ? spaced(d.phone) : d.phone,
      d.email,
      line,
      d.address?.postcode ?? '',
      d.address?.city.toUpperCase() ?? '',
      d.address?.province.toUpperCase() ?? '',
      dmyDate(d.created),
      `${Math.floor(points / 100)},${twoDigits[points % 100]}`,
    ];
  },
};

/** The web shop: what people type into a form. */
export const webTable: CustomerTable = {
  columns: ['customer_id', 'first_name', 'last_name', 'email', 'phone', 'address1', 'zip', 'city', 'created_at', 'accepts_marketing'],
  mapping: {
    customer_id: 'key',
    first_name: 'given_name',
    last_name: 'surname',
    email: 'email',
    phone: 'phone',
    address1: 'address',
    zip: 'postcode',
    city: 'city',
    created_at: 'created_at',
  },
  options: webFormat,
  cells: (random, key, d) => {
    const lower = random.chance(0.12);
    const surnames = d.surname2 === '' ? d.surname1 : `${d.surname1} ${d.surname2}`;
    const prefix = ['+34', '', '', '0034', '+34 '][random.below(5)]!;
    return [
      key,
      lower ? d.given.toLowerCase() : d.given,
      lower ? surnames.toLowerCase() : surnames,
      random.chance(0.06) ? d.email.toUpperCase() : d.email,
      d.phone === '' ? '' : prefix + (prefix === '+34 ' ? spaced(d.phone) : d.phone),
      d.address ? addressLine(d.address, random.below(12)) : '',
      d.address?.postcode ?? '',
      d.address?.city ?? '',
      `${isoDate(d.created)} ${twoDigits[random.between(8, 23)]}:${twoDigits[random.below(60)]}:${twoDigits[random.below(60)]}`,
      random.chance(0.55) ? 'true' : 'false',
    ];
  },
};

/** The survey tool: one column for the name, a year of birth for all who gave a date, the date for some. */
export const surveyTable: CustomerTable = {
  columns: [
    'respuesta_id',
    'nombre_completo',
    'email',
    'año_nacimiento',
    'fecha_nacimiento',
    'ciudad',
    'recomendaría_0_10',
    'respondida_el',
  ],
  mapping: {
    respuesta_id: 'key',
    nombre_completo: 'full_name',
    email: 'email',
    fecha_nacimiento: 'birth_date',
    ciudad: 'city',
    respondida_el: 'created_at',
  },
  options: surveyFormat,
  cells: (random, key, d) => {
    const dated = d.birth !== null && random.chance(0.8);
    return [
      key,
      fullName(d, random.chance(0.12)),
      d.email,
      d.birth === null ? '' : isoDate(d.birth).slice(0, 4),
      dated ? dmyDate(d.birth!) : '',
      d.address?.city ?? '',
      String(Math.min(10, Math.max(0, Math.round(8 + 2 * random.normal())))),
      dmyDate(d.created),
    ];
  },
};

/** `Nombre Apellido Apellido`, or `Apellido Apellido, Nombre`. */
export function fullName({ given, surname1, surname2 }: Declaration, surnamesFirst: boolean): string {
  const surnames = surname2 === '' ? surname1 : `${surname1} ${surname2}`;
  return surnamesFirst ? `${surnames}, ${given}` : `${given} ${surnames}`;
}

/** `612 34 56 78` */
export function spaced(phone: string): string {
  return phone === '' ? '' : `${phone.slice(0, 3)} ${phone.slice(3, 5)} ${phone.slice(5, 7)} ${phone.slice(7)}`;
}

/** The n-th card: thirteen digits of the range that EAN keeps for shops, the last one the check digit. */
export function cardNumber(n: number): string {
  const digits = String(260_000_000_000 + ((n * 7919) % 1_000_000_000));
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += (digits.charCodeAt(i) - 48) * (i % 2 === 0 ? 1 : 3);
  return digits + String((10 - (sum % 10)) % 10);
}

export const webCustomer = (n: number): string => `W${100_000 + n}`;
export const callerCard = (n: number): string => `F${500_000 + n}`;
export const surveyAnswer = (n: number): string => `R${10_000 + n}`;
