import type { Gender } from './name-words.ts';

export interface Honorific {
  shown: string;
  gender?: Gender;
  /** Señor and Doctor go with a surname, Don with a given name: it decides what a single word is. */
  with: 'given' | 'surname';
  /** Short forms that are also initials or particles count only when at least two words follow. */
  needs?: 2;
}

const m = (shown: string, goes: 'given' | 'surname' = 'surname'): Honorific => ({ shown, gender: 'm', with: goes });
const f = (shown: string, goes: 'given' | 'surname' = 'surname'): Honorific => ({ shown, gender: 'f', with: goes });
const any = (shown: string): Honorific => ({ shown, with: 'surname' });

/** Folded → the form of the Ortografía de la lengua española (RAE, 2010, appendix 1); English ones as they are. */
export const HONORIFICS = new Map<string, Honorific>(
  Object.entries({
    d: { ...m('D.', 'given'), needs: 2 },
    don: { ...m('D.', 'given'), needs: 2 },
    dn: m('D.', 'given'),
    dna: f('Dña.', 'given'),
    dona: f('Dña.', 'given'),
    da: { ...f('Dña.', 'given'), needs: 2 },
    sr: m('Sr.'),
    senor: m('Sr.'),
    sra: f('Sra.'),
    senora: f('Sra.'),
    srta: f('Srta.'),
    senorita: f('Srta.'),
    dr: m('Dr.'),
    doctor: m('Dr.'),
    dra: f('Dra.'),
    doctora: f('Dra.'),
    prof: any('Prof.'),
    profesor: m('Prof.'),
    profa: f('Prof.ª'),
    profesora: f('Prof.ª'),
    ing: any('Ing.'),
    ingeniero: m('Ing.'),
    lic: any('Lic.'),
    licdo: m('Lic.'),
    licda: f('Lic.'),
    arq: any('Arq.'),
    abg: any('Abg.'),
    cap: any('Cap.'),
    rvdo: m('Rvdo.'),
    excmo: m('Excmo.'),
    excma: f('Excma.'),
    ilmo: m('Ilmo.'),
    ilma: f('Ilma.'),
    mr: m('Mr.'),
    mister: m('Mr.'),
    mrs: f('Mrs.'),
    ms: f('Ms.'),
    miss: f('Miss'),
    sir: m('Sir', 'given'),
    mme: f('Mme.'),
  } satisfies Record<string, Honorific>),
);

/** What may stand after a name and is no surname. */
export const SUFFIXES = new Map([
  ['jr', 'Jr.'],
  ['junior', 'Jr.'],
  ['ii', 'II'],
  ['iii', 'III'],
  ['iv', 'IV'],
  ['phd', 'PhD'],
  ['md', 'MD'],
  ['hijo', 'hijo'],
]);
