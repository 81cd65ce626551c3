import { legalFormOf } from './company-name.ts';
import { foldText } from './fold-text.ts';
import { HONORIFICS } from './honorifics.ts';
import { GIVEN, SURNAME } from './name-words.ts';

export type CustomerKind = 'person' | 'company';

export interface KindGuess {
  kind: CustomerKind;
  /** What decided: a legal form, a word only companies use, a figure or an ampersand, a title, a known given name or surname, a comma, or nothing (then a person). */
  reason: 'legal-form' | 'company-word' | 'sign' | 'title' | 'given-name' | 'surname' | 'comma' | 'default';
  /** The piece of the text that decided; '' for 'default'. */
  evidence: string;
}

const COMPANY_WORDS = new Set(
  (
    'asesoria asesores asesoramiento asociacion asociados associates ayuntamiento ajuntament diputacion ministerio consejeria generalitat junta academia agencia agency agricola alimentacion almacenes ' +
    'autoescuela automoviles autos bank banco bar bodega bodegas bufete cafeteria caja carpinteria centro cerrajeria clinica club colegio comercial comunidad concesionario confecciones congregacion conservas construcciones constructora ' +
    'consultores consultoria consulting consultants cooperativa corporacion corporation decoracion dental desguaces disenos distribuciones distribuidora editorial electricidad electronica empresa empresas enterprise enterprises escuela estacion estudio estudios ' +
    'explotaciones exportaciones fabrica factory farmacia federacion ferreteria finanzas floristeria foundation frutas fundacion fundicion ganadera gestion gestoria gimnasio global group grupo grup hermanos hnos holding hospital hostal hotel hoteles iglesia imprenta industrial ' +
    'industrias industries informatica ingenieria ingenieros inmobiliaria instalaciones institute instituto insurance international internacional inversiones investments joyeria laboratorio laboratorios lavanderia libreria logistica logistics mancomunidad manufacturas maquinaria ' +
    'marketing marmoles materiales mercado mercados metalurgica mobiliario moda motor motors muebles mutua notaria ong optica organizacion panaderia papeleria parroquia partners pasteleria peluqueria perfumeria pescados pintura pinturas pizzeria plasticos productos productions promociones ' +
    'promotora proyectos publicidad quimica quimicas reformas representaciones restaurante restauracion retail savings seguros servicios services sindicato sistemas sociedad software solutions soluciones store suministros supermercado supermercados systems taller talleres taxi technologies technology tecnologia tecnologias tecnicas textil textiles ' +
    'tienda trading transportes transport travel tours turismo universidad university urbanizadora veterinaria viajes viveros zapateria'
  ).split(' '),
);

/** Whether a name is a person's or a company's, and what in it says so. */
export function normalisePersonOrCompany(fullName: string): KindGuess {
  const form = legalFormOf(fullName);
  const words = foldText(fullName).split(' ');
  const known = GIVEN.has(words[0]!) || GIVEN.has(words.at(-1)!);
  // "Ana Soler Sal" or "Pedro Cb": a doubtful two-letter form does not outweigh a known given name in a name of three words.
  if (
    form !== undefined &&
    !(known && words.length <= 3 && !/[.,]/.test(fullName) && fullName !== fullName.toUpperCase() && DOUBTFUL.has(form))
  ) {
    return { kind: 'company', reason: 'legal-form', evidence: form };
  }
  if (HONORIFICS.has(words[0]!) && words.length > 1 && words[0]!.length > 1)
    return { kind: 'person', reason: 'title', evidence: words[0]! };
  const trade = words.find((word) => COMPANY_WORDS.has(word));
  const comma = fullName.indexOf(',');
  const afterComma = comma > 0 ? foldText(fullName.slice(comma + 1)).split(' ')[0]! : '';
  if (trade !== undefined && !GIVEN.has(afterComma)) return { kind: 'company', reason: 'company-word', evidence: trade };
  const sign = /[&+\d]|\.(?:com|es|net|org|co)\b/i.exec(fullName);
  if (sign !== null) return { kind: 'company', reason: 'sign', evidence: sign[0] };
  if (GIVEN.has(afterComma)) return { kind: 'person', reason: 'given-name', evidence: afterComma };
  if (GIVEN.has(words[0]!)) return { kind: 'person', reason: 'given-name', evidence: words[0]! };
  if (GIVEN.has(words.at(-1)!)) return { kind: 'person', reason: 'given-name', evidence: words.at(-1)! };
  const surname = words.find((word) => SURNAME.has(word));
  if (surname !== undefined) return { kind: 'person', reason: 'surname', evidence: surname };
  return afterComma !== '' ? { kind: 'person', reason: 'comma', evidence: ',' } : { kind: 'person', reason: 'default', evidence: '' };
}

const DOUBTFUL = new Set([
  'S.A.L.',
  'S.A.D.',
  'C.B.',
  'S.C.',
  'Co.',
  'C.A.',
  'A.C.',
  'AB',
  'AG',
  'KG',
  'UG',
  'SE',
  'E.U.',
  'SpA',
  'S.C.A.',
  'SCI',
  'Oy',
  'Ltda.',
  'S. Coop.',
  'E.S.P.',
  'S.A.A.',
]);
