// Common given names in Spain with rough relative frequencies, by gender and generation. Written from general
// knowledge for this generator; the numbers are orders of magnitude, not statistics.
import { weightedNames } from './weighted.ts';
import type { RandomSource } from './random.ts';

export type Gender = 'M' | 'F';

const men = {
  old: weightedNames(`Antonio 100, José 96, Manuel 92, Francisco 84, Juan 72, Pedro 44, Luis 40, Ángel 36, Miguel 36, Jesús 34, Rafael 28,
    José Luis 40, José Antonio 32, Juan José 20, José María 30, Fernando 26, Vicente 28, Ramón 26, Joaquín 24, Enrique 24, Emilio 18, Andrés 18,
    Julio 16, Julián 18, Eduardo 16, Tomás 14, Jaime 14, Salvador 14, Alfonso 14, Carlos 22, Juan Antonio 18, Félix 12, Alfredo 12, Domingo 13,
    Mariano 11, Gregorio 10, Agustín 12, Santiago 14, Ricardo 11, Eugenio 8, Sebastián 9, Lorenzo 8, Cristóbal 5, Felipe 11, Ignacio 9, Benito 6,
    Esteban 7, Gonzalo 4, Isidro 5, Marcelino 5, Bernardo 4, Victoriano 3, Eusebio 4, Teodoro 3, Anselmo 2, Nicolás 5, Arturo 6, Ernesto 5, Gabriel 6,
    Guillermo 7, Alberto 8, César 4, Pascual 5, Bartolomé 3, Fermín 4, Valentín 4, Roberto 4, Leandro 2, Faustino 3, Saturnino 2, Basilio 2`),
  middle:
    weightedNames(`José Antonio 62, David 70, Javier 74, Francisco Javier 60, Carlos 66, José Luis 58, Antonio 76, José 62, Manuel 68, Francisco 60,
    Juan Carlos 50, Miguel Ángel 56, Jesús 44, Juan 46, José Manuel 50, Rafael 42, Daniel 40, Fernando 48, Luis 42, Pedro 44, Jorge 40, Alberto 40,
    Juan José 38, Ángel 36, Miguel 36, Sergio 34, Roberto 28, Eduardo 28, Óscar 30, Raúl 30, Pablo 28, Alejandro 26, Juan Manuel 28, Ramón 24, Enrique 26,
    Vicente 22, Andrés 20, Joaquín 22, Ignacio 22, Santiago 18, Víctor 20, Rubén 18, Iván 20, Jaime 16, Juan Antonio 26, José María 22, Ricardo 18, Emilio 14,
    Julio 14, Salvador 13, Alfonso 14, Gonzalo 10, Guillermo 11, Tomás 10, Francisco José 22, José Miguel 14, Luis Miguel 14, Agustín 10, César 9, Xavier 8,
    Jordi 16, Josep 10, Iñaki 6, Gabriel 9, Felipe 9, Mariano 7, Julián 10, Marcos 12, Diego 14, Héctor 6, Félix 6, Alfredo 7, Arturo 6, Jaume 5, Marc 5,
    Mikel 5, Jon 4, Aitor 6, Xabier 3, Borja 6, Joan 9, Carles 5, Pere 3, Oriol 2, Gerardo 3, Ismael 5, Abel 3, Cristóbal 3, Germán 4, Lorenzo 4`),
  young:
    weightedNames(`Alejandro 70, David 62, Daniel 66, Pablo 58, Adrián 52, Álvaro 46, Javier 50, Sergio 46, Carlos 46, Jorge 34, Manuel 36, Diego 32, Mario 28,
    Iván 32, Rubén 30, Raúl 24, Miguel 30, Víctor 26, Antonio 32, José 22, Francisco 20, Juan 24, Ángel 18, Jesús 20, Alberto 26, Marcos 22, Hugo 22, Marc 20,
    Lucas 16, Gonzalo 14, Ignacio 15, Guillermo 16, Jaime 15, Nicolás 16, Samuel 18, Óscar 14, Andrés 14, Cristian 18, Ismael 12, Luis 18, Fernando 16, Pedro 16,
    Rafael 14, Roberto 10, Eduardo 10, Gabriel 12, Héctor 12, Aitor 10, Jonathan 8, Kevin 5, Rodrigo 10, Martín 12, Pau 9, Pol 7, Arnau 6, Iker 10, Unai 6, Asier 5,
    Jon 5, Gerard 5, Biel 2, Aarón 8, Joel 6, Bruno 6, Miguel Ángel 14, José Antonio 14, Francisco Javier 14, José Luis 10, José Manuel 12, Juan Carlos 8, Saúl 5, Borja 9,
    Enrique 9, Santiago 8, Joaquín 7, Mohamed 6, Xavier 4, Jordi 5, Eric 5, Leo 4, Enzo 3, Izan 3, Erik 4, Isaac 5, Santi 1, Darío 6, Mateo 6`),
};

const women = {
  old: weightedNames(`María del Carmen 90, Carmen 88, Josefa 74, Isabel 60, Dolores 52, Francisca 52, Antonia 56, María 62, Pilar 50, María Dolores 44, Teresa 36,
    Ana 34, Mercedes 34, María Pilar 36, María Teresa 40, Rosario 30, Encarnación 26, Juana 28, María Luisa 38, Manuela 30, Concepción 30, Ángeles 24, María Ángeles 28,
    Rosa 30, Margarita 24, Luisa 20, Consuelo 16, Amparo 18, Victoria 14, María Josefa 22, Catalina 14, Julia 18, Emilia 12, Esperanza 14, Milagros 14, Magdalena 10,
    Remedios 10, Ana María 34, María Isabel 36, Rosa María 26, Soledad 10, Purificación 8, Trinidad 8, Ascensión 5, Asunción 10, Josefina 9, Montserrat 16, Elena 10,
    Angela 8, Felisa 6, Petra 5, Vicenta 7, Gloria 10, Inmaculada 7, María Jesús 18, Matilde 6, Aurora 9, Eugenia 6, Lourdes 7, Nieves 6, Presentación 2, Visitación 2,
    Begoña 8, Eulalia 4, Rafaela 8, Carolina 4, Adela 6, Amelia 6, Elvira 5, Paula 5, Alicia 5, Celia 4, Enriqueta 3, Gregoria 2, Hortensia 2, Virtudes 2`),
  middle:
    weightedNames(`María del Carmen 82, Ana María 52, María Pilar 36, María Dolores 44, María Teresa 42, María José 54, Cristina 46, María Isabel 46, María Ángeles 36,
    Isabel 38, Laura 40, Ana 46, Mónica 36, Marta 38, Rosa María 34, Raquel 32, Sonia 34, Susana 30, Yolanda 32, María Jesús 30, Silvia 34, Beatriz 30, Carmen 40, Pilar 26,
    Elena 28, Nuria 30, Eva 28, Patricia 32, Inmaculada 26, Montserrat 22, Rosa 24, María Luisa 24, Mercedes 24, Teresa 22, Encarnación 16, Concepción 18, Dolores 20,
    Esther 24, Olga 18, Begoña 14, Gema 16, Rocío 18, Lourdes 14, Ángela 16, Verónica 20, Alicia 16, Natalia 16, Eva María 18, Ana Isabel 22, Ana Belén 16, Margarita 14,
    Noelia 14, Sandra 20, Vanesa 14, Lorena 14, Virginia 14, Francisca 16, Antonia 18, Josefa 14, Manuela 12, Amparo 10, Consuelo 8, Milagros 9, Gloria 10, Victoria 9,
    Lidia 10, María 34, Julia 9, Almudena 8, Belén 12, Ainhoa 6, Miriam 10, Irene 10, Carolina 12, Blanca 8, Aurora 6, Nieves 6, Maite 6, Arantxa 4, Itziar 3, Mireia 6,
    Anna 8, Núria 6, Sílvia 3, Emma 2, Soledad 6, Ángeles 8, Esperanza 5, Macarena 3, Celia 4, Clara 6`),
  young:
    weightedNames(`María 72, Laura 60, Lucía 50, Marta 46, Paula 50, Cristina 42, Sara 48, Andrea 44, Ana 38, Alba 44, Irene 36, Patricia 32, Elena 34, Carmen 34,
    Claudia 32, Raquel 26, Nerea 26, Julia 24, Natalia 24, Beatriz 22, Rocío 22, Silvia 22, Sandra 22, Noelia 20, Ángela 20, Inés 16, Sofía 22, Marina 22, Miriam 18,
    Nuria 16, Lorena 16, Tamara 12, Verónica 14, Vanesa 10, Carla 18, Celia 14, Clara 16, Carolina 14, Alicia 18, Eva 16, Ainhoa 14, Aitana 8, Martina 10, Daniela 14,
    Valeria 7, Noa 5, Blanca 12, Esther 12, Lidia 14, Isabel 18, Ariadna 8, Judith 8, Laia 12, Mireia 10, Anna 10, Berta 6, Leire 6, Ane 5, Amaia 5, Uxía 2, Sabela 2,
    Rebeca 8, Mónica 12, Sonia 10, Virginia 8, Teresa 10, Ana Belén 6, María José 10, María del Carmen 14, María Dolores 5, María Isabel 6, Gema 8, Pilar 8, Victoria 8, Candela 5,
    Carlota 8, Leticia 8, Jessica 8, Jennifer 5, Fátima 8, Yasmina 4, Macarena 6, Almudena 5, Belén 6, Estefanía 8, Helena 6, Lara 8, Nora 5, África 4, Triana 2, Jimena 5`),
};

/** What people are called by those who know them. A web form hears it, an identity document never does. */
const familiar: Readonly<Record<string, readonly string[]>> = {
  José: ['Pepe'],
  Francisco: ['Paco', 'Fran', 'Curro'],
  Antonio: ['Toni', 'Toño'],
  Manuel: ['Manolo', 'Manu'],
  Ignacio: ['Nacho'],
  Enrique: ['Quique'],
  Jesús: ['Chus', 'Suso'],
  Rafael: ['Rafa'],
  Alejandro: ['Álex', 'Jandro'],
  Daniel: ['Dani'],
  Javier: ['Javi'],
  'Francisco Javier': ['Javi', 'Fran'],
  'Francisco José': ['Fran', 'Paco'],
  Fernando: ['Fer', 'Nando'],
  Alberto: ['Berto'],
  Eduardo: ['Edu'],
  Guillermo: ['Guille'],
  Santiago: ['Santi'],
  Sebastián: ['Sebas'],
  Salvador: ['Salva'],
  Vicente: ['Vicen'],
  Joaquín: ['Quino', 'Ximo'],
  Gregorio: ['Goyo'],
  Nicolás: ['Nico'],
  'Juan José': ['Juanjo'],
  'José Luis': ['Pepelu', 'José'],
  'José María': ['Chema'],
  'José Antonio': ['Josean', 'Toni'],
  'Juan Carlos': ['Juanca'],
  'José Manuel': ['Josema', 'Chema'],
  'Juan Manuel': ['Juanma'],
  'Juan Antonio': ['Juan'],
  'Miguel Ángel': ['Migue', 'Miguel'],
  Miguel: ['Migue'],
  Gabriel: ['Gabi'],
  Gonzalo: ['Gonza'],
  Roberto: ['Rober'],
  Sergio: ['Sergi'],
  Víctor: ['Vic'],
  Cristóbal: ['Tobal'],
  Agustín: ['Agus'],
  Cristian: ['Cris'],
  Samuel: ['Samu'],
  Rosario: ['Charo'],
  Dolores: ['Lola', 'Loli'],
  Concepción: ['Concha', 'Conchi'],
  Francisca: ['Paca', 'Paqui'],
  Josefa: ['Pepa', 'Fina'],
  'María José': ['Mariajo', 'Pepa'],
  'María Teresa': ['Maite', 'Mayte'],
  'María Isabel': ['Maribel'],
  'María Luisa': ['Marisa'],
  'María Dolores': ['Lola', 'Mariló'],
  'María del Carmen': ['Mamen', 'Carmen', 'Mari Carmen'],
  'María Ángeles': ['Marian', 'Ángeles'],
  'María Pilar': ['Pilar', 'Pili'],
  'María Jesús': ['Chus', 'Susi'],
  Carmen: ['Carmela', 'Menchu'],
  Mercedes: ['Merche'],
  Teresa: ['Tere'],
  Isabel: ['Isa'],
  Pilar: ['Pili'],
  Consuelo: ['Chelo'],
  Encarnación: ['Encarna', 'Encarni'],
  Inmaculada: ['Inma'],
  Milagros: ['Mila'],
  Montserrat: ['Montse'],
  'Rosa María': ['Rosa', 'Rosi'],
  Cristina: ['Cris'],
  Patricia: ['Patri'],
  Beatriz: ['Bea'],
  Susana: ['Susi'],
  Verónica: ['Vero'],
  Yolanda: ['Yoli'],
  Soledad: ['Sole'],
  Asunción: ['Asun'],
  Esperanza: ['Espe'],
  Remedios: ['Reme'],
  Manuela: ['Manoli'],
  Antonia: ['Toñi'],
  'Ana María': ['Ana', 'Anamari'],
  Margarita: ['Marga'],
  Magdalena: ['Magda'],
  Trinidad: ['Trini'],
  Purificación: ['Puri'],
  Victoria: ['Viki'],
  Sofía: ['Sofi'],
  Lucía: ['Luci'],
  Natalia: ['Nati'],
  'Ana Isabel': ['Anabel'],
  'Ana Belén': ['Ana'],
  'Eva María': ['Eva'],
  Carolina: ['Carol'],
  Ángeles: ['Angelines'],
  Vanesa: ['Vane'],
  Estefanía: ['Estefi'],
  Jessica: ['Jessi'],
  Daniela: ['Dani'],
};

const generationOf = (birthYear: number): 'old' | 'middle' | 'young' => (birthYear < 1960 ? 'old' : birthYear < 1985 ? 'middle' : 'young');

/** A given name, simple or compound, as parents of that year would choose it. */
export function givenName(random: RandomSource, gender: Gender, birthYear: number): string {
  return (gender === 'M' ? men : women)[generationOf(birthYear)].draw(random);
}

/** The familiar form of a given name (`José` → `Pepe`), or the name itself where none is usual. */
export function familiarName(random: RandomSource, given: string): string {
  const forms = familiar[given];
  return forms ? random.pick(forms) : given;
}

/** Whether {@link familiarName} has another form to offer. */
export function hasFamiliarName(given: string): boolean {
  return familiar[given] !== undefined;
}
