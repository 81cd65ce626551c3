import { addressLine } from './address-line.ts';
import { cif } from './national-id.ts';
import { tillFormat } from './manifest.ts';
import { type Address, address } from './places.ts';
import type { RandomSource } from './random.ts';
import { surname } from './surnames.ts';
import { ascii, typo, wrongDigit } from './typos.ts';

export const companyColumns = [
  'Código',
  'Tipo',
  'Razón social',
  'Nombre comercial',
  'CIF',
  'Teléfono',
  'Email',
  'Dirección',
  'CP',
  'Población',
  'Provincia',
];
export const companyMapping = {
  Código: 'key',
  Tipo: 'kind',
  'Razón social': 'company_name',
  CIF: 'national_id',
  Teléfono: 'phone',
  Email: 'email',
  Dirección: 'address',
  CP: 'postcode',
  Población: 'city',
  Provincia: 'province',
};
export const companyFormat = tillFormat;

export interface CompanyRecord {
  /** `E000001` — the true company. */
  company: string;
  cells: string[];
}

const trades = [
  'Panadería',
  'Bar',
  'Restaurante',
  'Hostal',
  'Catering',
  'Conservas',
  'Frutas',
  'Carnicería',
  'Bodegas',
  'Distribuciones',
  'Suministros',
  'Transportes',
  'Cafetería',
  'Comedores',
  'Residencia',
];
const forms = {
  B: ['S.L.', 'SL', 'S.L', 'Sociedad Limitada'],
  A: ['S.A.', 'SA', 'S.A', 'Sociedad Anónima'],
  F: ['S. Coop.', 'Sdad. Coop.', 'S.COOP', 'Sociedad Cooperativa'],
} as const;

interface Company {
  id: string;
  form: 'A' | 'B' | 'F';
  name: string;
  trade: string;
  cif: string;
  phone: string;
  email: string;
  address: Address;
}

/** `count` invented companies as an ERP knows them, about one in four entered twice with other spelling. */
export function companyRecords(random: RandomSource, count: number): CompanyRecord[] {
  const records: CompanyRecord[] = [];
  for (let n = 1; n <= count; n++) {
    const company = makeCompany(random, n);
    const times = random.chance(0.25) ? 2 : 1;
    for (let entry = 0; entry < times; entry++) {
      records.push({ company: company.id, cells: erpCells(random, company, `C${String(4000 + records.length)}`, entry > 0) });
    }
  }
  return records;
}

function makeCompany(random: RandomSource, n: number): Company {
  const trade = random.pick(trades);
  const family = surname(random);
  const other = surname(random);
  const name = [
    `${trade} ${family}`,
    `${trade} ${family} y ${other}`,
    `Hermanos ${family}`,
    `${family} ${other} e Hijos`,
    `Grupo ${family}`,
  ][random.below(5)]!;
  const home = address(random);
  const form = (['B', 'B', 'B', 'B', 'B', 'A', 'A', 'F'] as const)[random.below(8)]!;
  return {
    id: `E${String(n).padStart(6, '0')}`,
    form,
    name,
    trade: `${random.pick(['Casa', 'El Rincón de', 'La Despensa de', 'Alimentación'])} ${family}`,
    cif: cif(form, Number(home.postcode.slice(0, 2)) * 100_000 + ((n * 7919 + 1234) % 100_000)),
    phone: `${home.landline}${random.between(2, 6)}${String(random.below(100_000)).padStart(5, '0')}`,
    email: `${random.pick(['info', 'administracion', 'pedidos', 'contacto'])}@${ascii(name)}${n}.example`,
    address: home,
  };
}

function erpCells(random: RandomSource, company: Company, key: string, again: boolean): string[] {
  const { name, form, address: home } = company;
  const spelt = again && random.chance(0.5) ? typo(random, name) : name;
  const suffix = again ? forms[form][random.below(4)]! : forms[form][0];
  const full = `${spelt}, ${suffix}`;
  const id = !again ? company.cif : random.chance(0.3) ? '' : random.chance(0.1) ? wrongDigit(random, company.cif) : company.cif;
  return [
    key,
    'company',
    random.chance(0.4) ? full.toUpperCase() : full,
    again ? '' : company.trade,
    id !== '' && random.chance(0.3) ? `${id[0]}-${id.slice(1)}` : id,
    again && random.chance(0.3) ? '' : company.phone,
    again && random.chance(0.5) ? '' : company.email,
    addressLine(home, random.below(12)),
    home.postcode,
    home.city,
    home.province,
  ];
}
