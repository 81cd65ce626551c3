// Cities of Spain with province, postcode range, landline prefixes and a rough weight by population; street names that
// exist in most towns. Written from general knowledge for this generator.
import { weighted } from './weighted.ts';
import type { RandomSource } from './random.ts';

export interface Address {
  /** `Calle`, `Avenida`, `Plaza` … */
  way: string;
  street: string;
  number: number;
  /** 0 is the ground floor; undefined for a house. */
  floor?: number;
  door?: string;
  postcode: string;
  city: string;
  province: string;
  /** The first three digits of a landline there. */
  landline: string;
}

// city | province | first postcode | last postcode | landline prefixes | thousands of people
const table = `Madrid|Madrid|28001|28055|910 911 912 913 914 915 916 917|3300
Barcelona|Barcelona|08001|08042|930 931 932 933 934 935 936|1650
Valencia|Valencia|46001|46026|960 961 963|800
Sevilla|Sevilla|41001|41020|954 955|690
Zaragoza|Zaragoza|50001|50020|976|680
Málaga|Málaga|29001|29018|951 952|580
Murcia|Murcia|30001|30012|968|460
Palma|Illes Balears|07001|07015|971|420
Las Palmas de Gran Canaria|Las Palmas|35001|35020|928|380
Bilbao|Bizkaia|48001|48015|944 946|345
Alicante|Alicante|03001|03016|965 966|340
Córdoba|Córdoba|14001|14014|957|320
Valladolid|Valladolid|47001|47017|983|298
Vigo|Pontevedra|36201|36216|986|294
Gijón|Asturias|33201|33213|984 985|270
L'Hospitalet de Llobregat|Barcelona|08901|08908|932 933|265
Vitoria-Gasteiz|Araba/Álava|01001|01015|945|253
A Coruña|A Coruña|15001|15011|981|245
Elche|Alicante|03201|03208|965 966|235
Granada|Granada|18001|18016|958|232
Terrassa|Barcelona|08221|08228|937|223
Badalona|Barcelona|08911|08918|933 934|223
Oviedo|Asturias|33001|33013|984 985|219
Sabadell|Barcelona|08201|08208|937|216
Cartagena|Murcia|30201|30205|968|216
Jerez de la Frontera|Cádiz|11401|11408|956|213
Móstoles|Madrid|28931|28938|916|210
Santa Cruz de Tenerife|Santa Cruz de Tenerife|38001|38010|922|208
Pamplona|Navarra|31001|31016|948|203
Almería|Almería|04001|04009|950|200
Alcalá de Henares|Madrid|28801|28807|918|196
Fuenlabrada|Madrid|28941|28947|916|189
Leganés|Madrid|28911|28919|916|188
San Sebastián|Gipuzkoa|20001|20018|943|187
Getafe|Madrid|28901|28909|916|185
Burgos|Burgos|09001|09007|947|174
Albacete|Albacete|02001|02008|967|173
Santander|Cantabria|39001|39012|942|172
Castellón de la Plana|Castellón|12001|12006|964|172
La Laguna|Santa Cruz de Tenerife|38201|38208|922|158
Logroño|La Rioja|26001|26009|941|150
Badajoz|Badajoz|06001|06011|924|150
Salamanca|Salamanca|37001|37008|923|143
Huelva|Huelva|21001|21007|959|142
Marbella|Málaga|29601|29604|952|150
Lleida|Lleida|25001|25008|973|140
Tarragona|Tarragona|43001|43008|977|135
Dos Hermanas|Sevilla|41701|41704|955|137
Parla|Madrid|28981|28984|916|131
Torrejón de Ardoz|Madrid|28850|28850|916|132
Mataró|Barcelona|08301|08304|937|129
León|León|24001|24010|987|122
Algeciras|Cádiz|11201|11207|956|122
Alcorcón|Madrid|28921|28925|916|171
Alcobendas|Madrid|28100|28109|916|118
Cádiz|Cádiz|11001|11012|956|113
Jaén|Jaén|23001|23009|953|111
Ourense|Ourense|32001|32005|988|104
Reus|Tarragona|43201|43206|977|106
Girona|Girona|17001|17007|972|104
Lugo|Lugo|27001|27004|982|98
Santiago de Compostela|A Coruña|15701|15707|981|98
Cáceres|Cáceres|10001|10005|927|96
Lorca|Murcia|30800|30800|968|97
Pozuelo de Alarcón|Madrid|28223|28224|917|88
Guadalajara|Guadalajara|19001|19005|949|88
Toledo|Toledo|45001|45008|925|86
Pontevedra|Pontevedra|36001|36005|986|83
Palencia|Palencia|34001|34005|979|77
Gandía|Valencia|46701|46702|962|76
Ciudad Real|Ciudad Real|13001|13005|926|75
Ferrol|A Coruña|15401|15406|981|64
Ponferrada|León|24400|24404|987|63
Zamora|Zamora|49001|49032|980|60
Mérida|Badajoz|06800|06800|924|59
Ávila|Ávila|05001|05005|920|58
Cuenca|Cuenca|16001|16004|969|54
Huesca|Huesca|22001|22006|974|54
Segovia|Segovia|40001|40006|921|52
Soria|Soria|42001|42005|975|40
Teruel|Teruel|44001|44003|978|36
Ceuta|Ceuta|51001|51005|956|83
Melilla|Melilla|52001|52006|952|85`;

const cities = table.split('\n').map((line) => {
  const [city, province, first, last, landlines, weight] = line.split('|') as [string, string, string, string, string, string];
  return { city, province, first: Number(first), last: Number(last), landlines: landlines.split(' '), weight: Number(weight) };
});
const drawCity = weighted(cities.map(({ weight }) => weight));

const ways = ['Calle', 'Avenida', 'Plaza', 'Paseo', 'Ronda', 'Camino', 'Travesía', 'Carretera'];
const drawWay = weighted([74, 12, 5, 4, 1.5, 1.5, 1, 1]);
const streets =
  `Mayor, Real, Nueva, Ancha, San Juan, San José, San Miguel, San Pedro, San Francisco, San Antonio, Santa Ana, Santa María, Santiago, del Carmen,
del Pilar, del Rosario, de la Constitución, de la Paz, de la Libertad, de España, de América, de Andalucía, de Aragón, de Castilla, de Galicia, de Valencia, de Madrid, de Barcelona,
de Toledo, de Zaragoza, de Granada, de Sevilla, de Córdoba, de Burgos, de Portugal, de Francia, de Italia, Miguel de Cervantes, Lope de Vega, Calderón de la Barca, Quevedo, Góngora,
Antonio Machado, Federico García Lorca, Juan Ramón Jiménez, Rafael Alberti, Miguel Hernández, Gustavo Adolfo Bécquer, Rosalía de Castro, Emilia Pardo Bazán, Benito Pérez Galdós,
Miguel de Unamuno, Pío Baroja, Ortega y Gasset, Jacinto Benavente, Velázquez, Goya, Murillo, Zurbarán, El Greco, Picasso, Dalí, Joan Miró, Sorolla, Isaac Albéniz, Manuel de Falla,
Joaquín Rodrigo, Ramón y Cajal, Severo Ochoa, Isaac Peral, Juan de la Cierva, Cristóbal Colón, Hernán Cortés, Francisco Pizarro, Magallanes, Elcano, Reyes Católicos, Isabel la Católica,
Fernando el Católico, Alfonso X el Sabio, Carlos V, Felipe II, Doctor Fleming, Doctor Marañón, Doctor Esquerdo, Maestro Rodrigo, de la Estación, del Mercado, de la Iglesia, del Molino,
de la Fuente, del Río, del Puente, de las Flores, de los Olivos, de los Pinos, de las Acacias, de los Almendros, de las Palmeras, de los Naranjos, de los Rosales, del Sol, de la Luna,
del Mar, de la Playa, del Puerto, de la Ribera, de las Huertas, de la Vega, del Prado, del Parque, de las Eras, de la Cruz, del Calvario, de la Ermita, del Convento, de la Merced,
de los Remedios, Virgen del Mar, Virgen de la Paloma, de las Delicias, de la Victoria, Blasco Ibáñez, Menéndez Pelayo, Menéndez Pidal, Concepción Arenal, Clara Campoamor, Mariana Pineda,
Agustina de Aragón, Jovellanos, Espronceda, Zorrilla, Castelar, Gran Vía, Colón, Serrano, Alcalá, Bailén, Lepanto, Trafalgar, Numancia, Sagunto, Covadonga, Pablo Iglesias, Primero de Mayo,
Dos de Mayo, Doce de Octubre, Los Herreros, Los Curtidores, Los Tintes, Cantarranas, Las Ventas, Peñas Blancas, Sierra Nevada, Monte Perdido, Guadalquivir, Ebro, Duero, Tajo, Júcar, Miño`
    .split(',')
    .map((name) => name.trim());
const doors = ['A', 'B', 'C', 'D', 'Izq', 'Dcha', '1', '2', '3', '4'];

/** Somewhere to live, large cities more often. With `near`, another address, half of the time in the same city. */
export function address(random: RandomSource, near?: Address): Address {
  const stays = near !== undefined && random.chance(0.5);
  const place = stays ? cities.find(({ city }) => city === near.city)! : cities[drawCity(random)]!;
  const house = random.chance(0.14);
  return {
    way: ways[drawWay(random)]!,
    street: random.pick(streets),
    number: 1 + Math.floor(120 * random.float() ** 2),
    ...(house ? {} : { floor: random.below(8), door: random.pick(doors) }),
    postcode: String(random.between(place.first, place.last)).padStart(5, '0'),
    city: place.city,
    province: place.province,
    landline: random.pick(place.landlines),
  };
}
