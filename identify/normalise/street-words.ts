import type { CountryCode } from './country.ts';
import { GIVEN, SURNAME } from './name-words.ts';
import { foldText } from './fold-text.ts';

/** Folded abbreviation or word → the type of street as shown. Source for Spain: the road type table of the Dirección General del Catastro. */
export const STREET_TYPES = new Map<string, string>();

const types = (table: string) => {
  for (const line of table.trim().split('\n')) {
    const [shown, short = ''] = line.trim().split(': ');
    STREET_TYPES.set(foldText(shown!), shown!);
    for (const form of short.split(' ')) if (form !== '') STREET_TYPES.set(form, shown!);
  }
};
types(`
Calle: c cl cll calle clle call calle. street
Avenida: av avd avda avenida aven avenue ave avinguda ab
Plaza: pl pz pza plz plza placa praza plc
Plazuela: plzla pzla pla
Paseo: p po ps pso pseo passeig pg pas
Carretera: ctra cr ctr crta cra carr carretera cª
Camino: cno cmno cam cmo cm caminho cami
Travesía: trav trva tr trv travessera travessia
Travesera: travss
Ronda: rda rd rnda
Rambla: rbla rambla rla
Glorieta: gta glta glo gl
Pasaje: pje psje pasje pja passatge
Urbanización: urb urbaniz urbanizac
Polígono: pol polig plg poligon
Barrio: bo brio bº barri brr
Barriada: bda barda
Cuesta: cta cuesta csta
Costanilla: cstan costa
Callejón: cjon cllon callj cjla
Calleja: cja clja
Callejuela: cllja
Parque: pque pq parq
Partida: ptda pda part
Diseminado: dis disem
Lugar: lg lug lugar
Aldea: ald
Vía: via
Carrer: carrer
Carrera: carrera kr kra k cra carr
Diagonal: diag dg dgl
Transversal: transv tv tranv transv trans tvs transversal
Circular: cir circ circular cq
Avenida Calle: ac
Avenida Carrera: ak
Autopista: aut autop
Calzada: calz czda
Cerrada: cda cerr
Bulevar: blvd blvr bulevar boulevard bvar bvd
Jirón: jr jiron
Prolongación: prol prolong prolg
Privada: priv pvda
Circunvalación: circunv circv
Manzana: mz mza manzana
Vereda: vda vereda
Rúa: rua
Kalea: kalea k
Etorbidea: etorbidea
Muelle: mlle muelle
Acceso: acc acces
Alameda: alam alameda
Galería: gal
Pasadizo: pdzo
Bajada: bjda baixada
Subida: sbda pujada
Escalinata: escta
Finca: fca finca
Caserío: cser caserio
Cortijo: cjo cortijo
Conjunto: cjto
Residencial: resid
Colonia: col colonia`);

/** Where an abbreviation means another type than in Spain. */
const ELSEWHERE: Partial<Record<CountryCode, Record<string, string>>> = {
  CO: { cra: 'Carrera', cr: 'Carrera', carr: 'Carrera', tr: 'Transversal', trv: 'Transversal', k: 'Carrera', ps: 'Paseo' },
  EC: { tr: 'Transversal' },
  CL: { pje: 'Pasaje', psje: 'Pasaje' },
};
STREET_TYPES.set('cra', 'Carretera').set('carr', 'Carretera').set('k', 'Kalea').set('cr', 'Carretera').set('tr', 'Travesía');

export function streetTypeOf(folded: string, country: CountryCode): string | undefined {
  return ELSEWHERE[country]?.[folded] ?? STREET_TYPES.get(folded);
}

export type Detail = 'floor' | 'door' | 'stair' | 'block' | 'district';

/** Words that say what the next value is. */
export const DETAIL_MARKERS = new Map<string, Detail>();
const markers = (detail: Detail, words: string) => {
  for (const word of words.split(' ')) DETAIL_MARKERS.set(word, detail);
};
markers('floor', 'piso planta plta plt plan pl pis p pso floor');
markers(
  'door',
  'puerta pta pt pu puer door apto apartamento apt ap apart dpto depto dep dpt departamento casa oficina of ofic ofi local lc loc despacho dpcho suite lote lt flat vivienda viv letra interior int nave parcela parc',
);
markers('stair', 'escalera esc escal es');
markers('block', 'bloque blq bl blo bloq bloc torre to edificio edif ed manzana mz mza portal ptal por port etapa fase');
markers('district', 'colonia col barrio bo brr urbanizacion urb fracc fraccionamiento residencial resid conjunto conj sector poligono pol');

/** Floors and doors that have a name, and the short form we keep. */
export const NAMED_FLOORS = new Map<string, string>();
export const NAMED_DOORS = new Map<string, string>();
const named = (map: Map<string, string>, short: string, words: string) => {
  for (const word of words.split(' ')) map.set(word, short);
};
named(NAMED_FLOORS, 'BJ', 'bajo bajos bj bjo bja baja baixos baix pb bxs bjs bajoa');
named(NAMED_FLOORS, 'EN', 'entresuelo entlo ent entl entreplanta entresol entreseulo en');
named(NAMED_FLOORS, 'PR', 'principal pral ppal prl pral pr');
named(NAMED_FLOORS, 'AT', 'atico at atc atic');
named(NAMED_FLOORS, 'SA', 'sobreatico satico sa');
named(NAMED_FLOORS, 'ST', 'sotano sot st');
named(NAMED_FLOORS, 'SS', 'semisotano ss');
named(NAMED_DOORS, 'IZQ', 'izquierda izq izda izqda izqd iz esquerra');
named(NAMED_DOORS, 'DCHA', 'derecha dcha dch der dcho drcha drch dreta dxa');
named(NAMED_DOORS, 'CTRO', 'centro ctro cen centr ctr');
named(NAMED_DOORS, 'EXT', 'exterior ext');
named(NAMED_DOORS, 'INT', 'interior int');

export const NUMBER_MARKERS = new Set('n no num numero nro nr numb # number'.split(' '));

/** Small words of a street name: shown small, left out of the key. */
export const STREET_PARTICLES = new Set('de del d la las los el els les l dels i y e da do dos das en a al o os as san'.split(' '));
STREET_PARTICLES.delete('san');
STREET_PARTICLES.delete('a');
STREET_PARTICLES.delete('o');

/** Short forms inside a street name. */
export const STREET_ABBREVIATIONS = new Map(
  Object.entries({
    sta: 'santa',
    sto: 'santo',
    s: 'san',
    st: 'sant',
    ntra: 'nuestra',
    nra: 'nuestra',
    ntro: 'nuestro',
    sra: 'senora',
    gral: 'general',
    gen: 'general',
    dr: 'doctor',
    doc: 'doctor',
    dra: 'doctora',
    prof: 'profesor',
    ma: 'maria',
    fco: 'francisco',
    hnos: 'hermanos',
    hnas: 'hermanas',
    pte: 'presidente',
    pdte: 'presidente',
    const: 'constitucion',
    constit: 'constitucion',
    cap: 'capitan',
    cmdte: 'comandante',
    cdte: 'comandante',
    tte: 'teniente',
    alc: 'alcalde',
    alcde: 'alcalde',
    arq: 'arquitecto',
    ing: 'ingeniero',
    virg: 'virgen',
    vgen: 'virgen',
    rep: 'republica',
    ind: 'industrial',
    mtnez: 'martinez',
    fdez: 'fernandez',
    glez: 'gonzalez',
    rguez: 'rodriguez',
    mq: 'marques',
    marq: 'marques',
    cde: 'conde',
    ppe: 'principe',
    rmon: 'ramon',
    jn: 'juan',
    ss: 'santos',
    rrcc: 'reyes catolicos',
    cmdante: 'comandante',
  }),
);

/** Short forms that are spelled out for show as well. */
export const STREET_SPELLED = new Map(
  Object.entries({
    sta: 'Santa',
    sto: 'Santo',
    ntra: 'Nuestra',
    nra: 'Nuestra',
    sra: 'Señora',
    dr: 'Doctor',
    dra: 'Doctora',
    gral: 'General',
    ma: 'María',
    fco: 'Francisco',
    hnos: 'Hermanos',
  }),
);

/** Accents lost in capitals: names of persons, and the words streets are named after. */
export const STREET_ACCENTS = new Map([...GIVEN, ...SURNAME]);
for (const word of (
  'Constitución Estación República América México Perú Málaga Cádiz Córdoba Almería Jaén León Ávila Cáceres Iglesia Mártires Jardín Jardines Católicos Católica Río Ríos Fábrica ' +
  'España Cataluña Coruña Castellón Bogotá Medellín Ibagué Cúcuta Quindío Boyacá Chocó Montería Popayán Itagüí Asunción Purificación Concepción Músico Médico Poeta Capitán Alférez ' +
  'Marqués Duque Príncipe Princesa Rey Reina Páez Bolívar Núñez Balboa Colón Cortés Pizarro Gran Vía Autonomía Andalucía Galán Unión Fundición Telégrafo Ángel Ángeles Público ' +
  'Industrial Polígono Juventud Universidad Corazón Jesús Alcalá Alarcón Argüelles Atocha Villamayor Hospitalet Móstoles Leganés Getafe Alcorcón Alcobendas Fuenlabrada Torrejón Mérida Logroño Gijón Avilés ' +
  'Querétaro Michoacán Yucatán Juárez Potosí Mazatlán Culiacán Cancún Tepic Valparaíso Concepción Viña Maipú Tucumán Neuquén Junín Áncash Huánuco Apurímac Bogota'
).split(' ')) {
  const folded = foldText(word);
  if (!STREET_ACCENTS.has(folded)) STREET_ACCENTS.set(folded, word);
}

export const MONTH_WORDS = new Set(
  'enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre maig abril'.split(' '),
);
