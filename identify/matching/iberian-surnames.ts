import { columnOf, type Table } from './table.ts';

const iberian = new Set(
  `garcia gonzalez rodriguez fernandez lopez martinez sanchez perez gomez martin jimenez ruiz hernandez diaz moreno alvarez munoz romero alonso gutierrez navarro torres dominguez
  vazquez ramos gil ramirez serrano blanco molina morales suarez ortega delgado castro ortiz rubio marin sanz nunez iglesias medina garrido cortes castillo santos rojas vargas
  flores rivera reyes mendoza cruz herrera silva oliveira souza sousa rodrigues ferreira alves pereira lima gomes costa ribeiro martins carvalho almeida lopes soares fernandes vieira`.split(
    /\s+/,
  ),
);

/** Share of rows with a surname that is common where people have two. */
export function iberianShare(table: Table, column: string): number {
  const { codes, values } = columnOf(table, column);
  let filled = 0;
  let known = 0;
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] === 0) continue;
    filled++;
    if (iberian.has(values[codes[i]!]!)) known++;
  }
  return known / Math.max(1, filled);
}

/** Share of the values that are two words, particles aside: two surnames in one column. */
export function shareOfTwoWords(table: Table, column: string): number {
  const { values } = columnOf(table, column);
  let two = 0;
  for (let code = 1; code < values.length; code++) if (/^\S+(?: (?:de|del|la|las|los|da|do|dos|y|e))* \S+$/.test(values[code]!)) two++;
  return two / Math.max(1, values.length - 1);
}
