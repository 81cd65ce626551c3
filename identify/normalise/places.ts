import type { CountryCode } from './country.ts';
import { foldText } from './fold-text.ts';

/** A province, department, state or region with the first two figures of its postcodes, where the postcode tells. */
export interface Place {
  name: string;
  country: CountryCode;
  code: string;
}

// Each line: postcode prefix, name, other names. Spain: Instituto Nacional de Estadística, official names.
const SPAIN = `
01 Álava|Araba|Araba/Álava
02 Albacete
03 Alicante|Alacant|Alicante/Alacant
04 Almería
05 Ávila
06 Badajoz
07 Illes Balears|Baleares|Islas Baleares|Balears
08 Barcelona
09 Burgos
10 Cáceres
11 Cádiz
12 Castellón|Castelló|Castellón/Castelló|Castellón de la Plana
13 Ciudad Real
14 Córdoba
15 A Coruña|La Coruña|Coruña
16 Cuenca
17 Girona|Gerona
18 Granada
19 Guadalajara
20 Gipuzkoa|Guipúzcoa
21 Huelva
22 Huesca
23 Jaén
24 León
25 Lleida|Lérida
26 La Rioja|Rioja|Logroño
27 Lugo
28 Madrid|Comunidad de Madrid
29 Málaga
30 Murcia|Región de Murcia
31 Navarra|Nafarroa|Comunidad Foral de Navarra
32 Ourense|Orense
33 Asturias|Principado de Asturias|Oviedo
34 Palencia
35 Las Palmas|Las Palmas de Gran Canaria|Palmas Las
36 Pontevedra
37 Salamanca
38 Santa Cruz de Tenerife|Tenerife|S C Tenerife|Sta Cruz de Tenerife
39 Cantabria|Santander
40 Segovia
41 Sevilla
42 Soria
43 Tarragona
44 Teruel
45 Toledo
46 Valencia|València|Valencia/València
47 Valladolid
48 Bizkaia|Vizcaya
49 Zamora
50 Zaragoza
51 Ceuta
52 Melilla`;

// Prefix: DANE department code, which opens the postcode (Decreto 852 de 2013).
const COLOMBIA = `
05 Antioquia
08 Atlántico
11 Bogotá D.C.|Bogotá|Bogotá DC|Distrito Capital
13 Bolívar
15 Boyacá
17 Caldas
18 Caquetá
19 Cauca
20 Cesar
23 Córdoba
25 Cundinamarca
27 Chocó
41 Huila
44 La Guajira|Guajira
47 Magdalena
50 Meta
52 Nariño
54 Norte de Santander
63 Quindío
66 Risaralda
68 Santander
70 Sucre
73 Tolima
76 Valle del Cauca|Valle
81 Arauca
85 Casanare
86 Putumayo
88 San Andrés y Providencia|San Andrés
91 Amazonas
94 Guainía
95 Guaviare
97 Vaupés
99 Vichada`;

// Prefix ranges of Correos de México.
const MEXICO = `
01-16 Ciudad de México|CDMX|México DF|Distrito Federal|DF|D.F.
20 Aguascalientes
21-22 Baja California
23 Baja California Sur
24 Campeche
25-27 Coahuila|Coahuila de Zaragoza
28 Colima
29-30 Chiapas
31-33 Chihuahua
34-35 Durango
36-38 Guanajuato
39-41 Guerrero
42-43 Hidalgo
44-49 Jalisco
50-57 Estado de México|México|Edo. de México|Edomex|Edo Mex
58-61 Michoacán|Michoacán de Ocampo
62 Morelos
63 Nayarit
64-67 Nuevo León
68-71 Oaxaca
72-75 Puebla
76 Querétaro
77 Quintana Roo
78-79 San Luis Potosí
80-82 Sinaloa
83-85 Sonora
86 Tabasco
87-89 Tamaulipas
90 Tlaxcala
91-96 Veracruz|Veracruz de Ignacio de la Llave
97 Yucatán
98-99 Zacatecas`;

// Serpost: the first two figures of the national postcode are the department of the UBIGEO in alphabetical order.
const PERU = `
01 Amazonas
02 Áncash
03 Apurímac
04 Arequipa
05 Ayacucho
06 Cajamarca
07 Callao
08 Cusco|Cuzco
09 Huancavelica
10 Huánuco
11 Ica
12 Junín
13 La Libertad
14 Lambayeque
15 Lima
16 Loreto
17 Madre de Dios
18 Moquegua
19 Pasco
20 Piura
21 Puno
22 San Martín
23 Tacna
24 Tumbes
25 Ucayali`;

const ECUADOR = `
01 Azuay
02 Bolívar
03 Cañar
04 Carchi
05 Cotopaxi
06 Chimborazo
07 El Oro
08 Esmeraldas
09 Guayas
10 Imbabura
11 Loja
12 Los Ríos
13 Manabí
14 Morona Santiago
15 Napo
16 Pastaza
17 Pichincha
18 Tungurahua
19 Zamora Chinchipe
20 Galápagos
21 Sucumbíos
22 Orellana
23 Santo Domingo de los Tsáchilas
24 Santa Elena`;

// The letter of the CPA (Correo Argentino) is the ISO 3166-2 one.
const ARGENTINA = `
A Salta
B Buenos Aires|Provincia de Buenos Aires|GBA
C Ciudad Autónoma de Buenos Aires|CABA|Capital Federal|C.A.B.A.
D San Luis
E Entre Ríos
F La Rioja
G Santiago del Estero
H Chaco
J San Juan
K Catamarca
L La Pampa
M Mendoza
N Misiones
P Formosa
Q Neuquén
R Río Negro
S Santa Fe
T Tucumán
U Chubut
V Tierra del Fuego
W Corrientes
X Córdoba
Y Jujuy
Z Santa Cruz`;

// Chilean postcodes do not open with the region; the names alone are used.
const CHILE = `
XV Arica y Parinacota
I Tarapacá
II Antofagasta
III Atacama
IV Coquimbo
V Valparaíso
RM Región Metropolitana|Metropolitana|Región Metropolitana de Santiago|RM
VI O'Higgins|Libertador General Bernardo O'Higgins
VII Maule
XVI Ñuble
VIII Biobío|Bío-Bío
IX La Araucanía|Araucanía
XIV Los Ríos
X Los Lagos
XI Aysén
XII Magallanes`;

const BY_CODE = new Map<string, Place>();
const BY_NAME = new Map<string, Place>();

for (const [country, table] of Object.entries({ ES: SPAIN, CO: COLOMBIA, MX: MEXICO, PE: PERU, EC: ECUADOR, AR: ARGENTINA, CL: CHILE })) {
  for (const line of table.trim().split('\n')) {
    const space = line.indexOf(' ');
    const codes = line.slice(0, space);
    const names = line.slice(space + 1).split('|');
    const place: Place = { name: names[0]!, country: country as CountryCode, code: codes };
    const [from, to = from] = codes.split('-') as [string, string?];
    if (/^\d/.test(from))
      for (let code = Number(from); code <= Number(to); code++) BY_CODE.set(country + String(code).padStart(2, '0'), place);
    else BY_CODE.set(country + from, place);
    for (const name of names) BY_NAME.set(`${country}${foldText(name)}`, place);
  }
}

/** The province of a postcode by its first figures; `undefined` where no province has them or the country's postcodes do not tell. */
export function provinceOfPostcode(postcode: string, country: CountryCode): Place | undefined {
  if (country === 'CL') return undefined;
  return BY_CODE.get(country + (country === 'AR' ? postcode.slice(0, 1) : postcode.slice(0, 2)));
}

/** A province by any of its names in either language of the place; `undefined` if the country has none of that name. */
export function findProvince(name: string, country: CountryCode): Place | undefined {
  return BY_NAME.get(country + foldText(name));
}

/** The official names of a country's provinces, departments, states or regions, in the order of their codes. */
export function provincesOf(country: CountryCode): string[] {
  return [...new Set([...BY_CODE.values()].filter((place) => place.country === country).map((place) => place.name))];
}
