// Common surnames in Spain, most frequent first, and those of its largest groups of foreign residents. Written from
// general knowledge for this generator; frequency falls with rank by a Zipf–Mandelbrot law.
import { weighted, weightedNames } from './weighted.ts';
import type { Gender } from './given-names.ts';
import type { RandomSource } from './random.ts';

const ranked = `García, Rodríguez, González, Fernández, López, Martínez, Sánchez, Pérez, Gómez, Martín, Jiménez, Hernández, Ruiz, Díaz, Moreno, Muñoz, Álvarez,
Romero, Gutiérrez, Alonso, Navarro, Torres, Domínguez, Ramos, Vázquez, Ramírez, Gil, Serrano, Molina, Morales, Blanco, Suárez, Castro, Ortega, Delgado, Ortiz, Marín,
Rubio, Núñez, Sanz, Medina, Iglesias, Castillo, Cortés, Garrido, Santos, Guerrero, Lozano, Cano, Cruz, Méndez, Flores, Prieto, Herrera, Peña, León, Márquez, Cabrera,
Gallego, Calvo, Vidal, Campos, Reyes, Vega, Fuentes, Carrasco, Díez, Aguilar, Caballero, Nieto, Santana, Pascual, Vargas, Herrero, Giménez, Hidalgo, Montero, Lorenzo,
Santiago, Benítez, Ibáñez, Durán, Ferrer, Arias, Mora, Carmona, Vicente, Rojas, Soto, Crespo, Román, Pastor, Velasco, Parra, Sáez, Moya, Bravo, Soler, Gallardo, Rivera,
Esteban, Silva, Pardo, Franco, Rivas, Lara, Merino, Espinosa, Camacho, Mendoza, Vera, Izquierdo, Arroyo, Ríos, Casado, Sierra, Redondo, Luque, Rey, Montes, Carrillo,
Galán, Otero, Segura, Heredia, Marcos, Soriano, Bernal, Martí, Robles, Palacios, Valero, Vila, Contreras, Macías, Guerra, Varela, Benito, Pereira, Expósito, Bueno,
Andrés, Mateo, Roldán, Miranda, Villar, Guillén, Escudero, Mateos, Aguilera, Casas, Menéndez, Aparicio, Beltrán, Rivero, Estévez, Padilla, Quintana, Gracia, Salazar, Calderón,
Gálvez, Conde, Acosta, Jurado, Rico, Abad, Manzano, Aranda, Salas, Quintero, Guzmán, Trujillo, Paredes, Ávila, Serra, Plaza, Blázquez, Roca, Miguel, Bermúdez, de la Fuente,
Santamaría, Costa, Rosa, Simón, Villanueva, Ballesteros, Lázaro, Maldonado, Tomás, Cuesta, Miralles, Escobar, Pacheco, de la Cruz, Salgado, Pons, Mesa, Trigo, Lorente, Barroso,
Cordero, Zamora, Bautista, Andreu, Rueda, Asensio, Cuenca, Ponce, Millán, Correa, Ojeda, Valverde, Juan, Puig, Pozo, Toledo, Villalba, Marco, Murillo, Sancho, Cabello, Ferreira,
Gimeno, Collado, Linares, Ramón, Escribano, Alarcón, Montoya, Ventura, Burgos, Cuevas, Barrera, Salvador, Clemente, Oliva, Camps, Alfonso, Arenas, Barrios, Castaño,
Valencia, Corral, Chacón, Córdoba, Zapata, Ocaña, Hurtado, Peralta, Bonilla, Hernando, Mata, Caro, Polo, Cáceres, Pineda, Morán, Sola, Vallejo, Nicolás, Vergara, Valle,
Gascón, Ayala, Riera, Cobo, Mejía, Castellanos, Ferrández, Esteve, Osuna, Campo, Carbonell, Manzanares, Rodrigo, Belmonte, Granados, Solís, Tapia, Cervera, Lago, Bosch, Font, Sosa,
Casanova, Quesada, Ochoa, Cardona, Valls, Sastre, Carballo, Montiel, Barreiro, Aznar, Vilar, Pino, Amador, Palma, Criado, Bello, del Río, Sevilla, Marqués, Barba, Molero, Santa Cruz,
Arranz, Roig, Duarte, Paz, Cobos, Amaya, Morillo, Cerezo, Piñeiro, Losada, Prado, Palomo, Leal, Castilla, Huertas, Lobo, Baena, Alcaraz, Carretero, Toro, Galindo, Tejada, Ros, Barragán,
Mas, Sala, Camino, Cantero, Real, Ferrero, Aragón, Naranjo, Pavón, Miró, Egea, Vaquero, Recio, Espejo, Grau, Seguí, Nadal, Busto, Tena, Mena, Vives, Rosales, Cabezas, Rincón,
Arjona, Navas, Muriel, Bermejo, Palomares, Borrego, Ferreiro, Pujol, Puente, Teruel, Alba, Amat, Jorge, Figueroa, Llorente, Verdú, Casal, Llamas, Rosado, Cantos, Villegas, Olmo, Porras,
Tirado, Fraile, Solé, Cubero, Acevedo, Mendes, Viñas, Adán, Cid, Alcántara, Catalán, Arnau, Agudo, Cañas, Arévalo, Gordillo, Baños, Pizarro, Llopis, Galera, Oliver, Sampedro, Fajardo,
Alcalá, Peiró, Sabater, Company, Corrales, Salinas, Barbero, Reina, Viera, Melero, Quiroga, Zafra, Frías, Pinto, Tomé, Rossell, Portillo, Coll, Aguado, Valdés, Ferri,
Segovia, Lucas, Villa, Ordóñez, Prat, Mayor, Huerta, Espinar, Revilla, Etxeberria, Agirre, Echevarría, Goñi, Garmendia, Zabala, Urrutia, Iturbe, Elizalde, Mendizabal, Arrieta, Uriarte,
Otxoa, Lasa, Olaizola, Bilbao, Aramburu, Ugarte, Echeverría, Larrañaga, Zubizarreta, Irigoyen, Azcona, Iriarte, Garay, Barandiaran, Ferrán, Batlle, Casals, Codina, Comas, Farré, Fabregat,
Forn, Guasch, Jové, Llobet, Massana, Mercader, Noguera, Oller, Pallarès, Planas, Queralt, Ribas, Rovira, Sunyer, Torrent, Tort, Vilaplana, Xirau, Boix, Bonet, Bellver,
Feijoo, Freire, Lamas, Louro, Mosquera, Neira, Novoa, Outeiral, Pazos, Penas, Rial, Seoane, Sotelo, Souto, Taboada, Vilariño, Abreu, Betancor, Falcón, Quevedo, Marrero,
Cejudo, Tovar, Zurita, Yáñez, Villaverde, Vallejos, Tello, Talavera, Sotomayor, Sarmiento, Saavedra, Rosell, Requena, Quiñones, Perea, Olivares, Nogales, Luna, Jaén,
Infante, Hierro, Gamboa, Fonseca, Enríquez, Dávila, Cebrián, Buendía, Bastida, Ariza, Alvarado, Zaragoza, Ibarra, Bolaños, Arribas, de Miguel, de Pablo, del Pozo, de la Rosa, San José,
San Martín, Sanjuán, Santisteban, Ruiz de Alarcón, Díaz de Cerio, Sáenz de Miera, López de Haro, Martínez de la Hidalga, Ortiz de Zárate, Fernández de Córdoba, Ponce de León`;

const names = ranked.split(',').map((name) => name.trim());
const draw = weighted(names.map((_, rank) => 1 / (rank + 7) ** 1.1));

/** A Spanish surname; may carry particles (`de la Fuente`) or be compound (`Sáenz de Miera`). */
export function surname(random: RandomSource): string {
  return names[draw(random)]!;
}

export interface ForeignName {
  given: string;
  surname: string;
}

const foreign = [
  {
    weight: 4,
    M: weightedNames('Andrei 6, Ionut 5, Mihai 5, Florin 5, Marian 4, Alexandru 6, Cristian 4, Gheorghe 4, Constantin 3, Vasile 3'),
    F: weightedNames('Elena 6, Maria 6, Mihaela 5, Ioana 4, Daniela 4, Alina 4, Gabriela 4, Georgiana 3, Nicoleta 3, Ana 3'),
    surnames: weightedNames(
      'Popescu 5, Popa 6, Ionescu 5, Radu 4, Stan 4, Dumitru 4, Munteanu 3, Rusu 3, Stoica 3, Constantin 3, Marin 3, Florea 2',
    ),
  },
  {
    weight: 5,
    M: weightedNames('Mohamed 12, Ahmed 6, Youssef 5, Rachid 5, Hassan 5, Mustapha 4, Abdelkader 3, Said 4, Karim 3, Omar 3'),
    F: weightedNames('Fatima 10, Khadija 5, Aicha 5, Naima 4, Hanane 3, Samira 4, Malika 3, Nadia 4, Zineb 2, Salma 3'),
    surnames: weightedNames(
      'El Amrani 5, Benali 5, El Idrissi 4, Bouzidi 4, Alaoui 4, Chaoui 3, Haddad 3, El Mansouri 3, Ouali 2, Bennani 3, Tahiri 3',
    ),
  },
  {
    weight: 3,
    M: weightedNames('John 5, David 5, Peter 4, Michael 4, Thomas 4, Stephen 3, Klaus 2, Pierre 2, Marco 3, Luca 3'),
    F: weightedNames('Susan 4, Sarah 4, Linda 3, Emma 4, Karen 3, Julie 3, Sabine 2, Chiara 3, Giulia 3, Anne 3'),
    surnames: weightedNames(
      'Smith 5, Brown 4, Taylor 4, Wilson 3, Müller 3, Schmidt 3, Rossi 4, Dubois 2, Walker 3, Hughes 3, Russo 3, Bianchi 2',
    ),
  },
];
const group = weighted(foreign.map(({ weight }) => weight));

/** A resident from abroad with one surname, as most countries write names. */
export function foreignName(random: RandomSource, gender: Gender): ForeignName {
  const from = foreign[group(random)]!;
  return { given: from[gender].draw(random), surname: from.surnames.draw(random) };
}
