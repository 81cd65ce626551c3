import type { Address } from './places.ts';

const short: Readonly<Record<string, readonly string[]>> = {
  Calle: ['C/', 'Cl.', 'C.'],
  Avenida: ['Avda.', 'Av.', 'Avda'],
  Plaza: ['Pza.', 'Pl.', 'Plza.'],
  Paseo: ['Pº', 'P.º', 'Pso.'],
  Ronda: ['Rda.', 'Ronda', 'Rda'],
  Camino: ['Cno.', 'Cmno.', 'Camino'],
  Travesía: ['Trv.', 'Trva.', 'Travesía'],
  Carretera: ['Ctra.', 'Ctra', 'Carretera'],
};

/** One address as a line, in one of twelve usual ways of writing it (`style` is any whole number, 0 or more). */
export function addressLine({ way, street, number, floor, door }: Address, style: number): string {
  const abbreviation = short[way]![style % 3]!;
  const storey = floor === undefined ? '' : floor === 0 ? 'bajo' : `${floor}º`;
  switch (style % 4) {
    case 0:
      return floor === undefined ? `${way} ${street}, ${number}` : `${way} ${street}, ${number}, ${storey} ${door}`;
    case 1:
      return floor === undefined
        ? `${abbreviation} ${street} ${number}`
        : `${abbreviation} ${street} ${number} ${storey}${floor === 0 ? ' ' : ''}${door}`;
    case 2:
      return floor === undefined
        ? `${abbreviation} ${street}, nº ${number}`
        : `${abbreviation} ${street}, nº ${number}, ${floor === 0 ? 'bajo' : `piso ${floor}`}, pta. ${door}`;
    default:
      return floor === undefined ? `${way} ${street} ${number}` : `${way} ${street} ${number}, ${storey}-${door}`;
  }
}
