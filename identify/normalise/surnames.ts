/**
 * Common surnames of Spain and Latin America with their accents, written for this package. They restore accents to
 * names in capitals and tell a surname from a given name when the order is unknown.
 */
export const SURNAMES = `
Abad Abreu Acevedo Acosta Acuña Adame Agudo Aguado Aguayo Águila Aguilar Aguilera Aguirre Agustí Alarcón Alba Albarracín Alcalá Alcántara Alcaraz Alcázar
Aldana Alegre Alemán Alfaro Alfonso Almansa Almeida Alonso Alvarado Álvarez Amador Amaya Amor Anaya Andrade Andreu Andújar Angulo Antón Aparicio Aragón
Arana Aranda Araujo Arango Araya Arce Arcos Ardila Arellano Arenas Arévalo Arias Ariza Arjona Armas Arnau Arranz Arredondo Arriaga Arribas Arroyo Arteaga Asensio
Astudillo Atienza Avalos Ávila Ayala Aznar Báez Baena Ballester Ballesteros Balaguer Baños Baquero Barba Barbero Barceló Barea Barragán Barral Barranco Barrera Barreiro Barreto
Barrientos Barrios Barroso Bas Bastida Bautista Becerra Bejarano Bello Beltrán Benavente Benavides Benítez Benito Bermejo Bermúdez Bernabé Bernabéu Bernal Bernardo Berrocal
Betancor Betancourt Blanco Blasco Blázquez Bonet Bonilla Borges Borrás Borrego Borrell Bosch Botella Bravo Briones Brito Bueno Buendía Burgos Bustamante Bustos Caballero Cabello
Cabeza Cabezas Cabrera Cáceres Calderón Calero Calle Calvo Camacho Cámara Camino Campo Campos Cano Canales Cañas Cañete Cantero Cantos Cárdenas Cardona Carmona Caro Carballo Carbonell
Carrasco Carrera Carreras Carretero Carrillo Carrión Carvajal Casado Casanova Casas Castaño Castellano Castellanos Castells Castillo Castro Catalán Cebrián Ceballos Cerdá Cerezo Cervantes Cervera Céspedes
Chacón Chamorro Chaparro Chávez Chaves Cisneros Clemente Cobo Cobos Coll Collado Colomer Conde Conesa Contreras Corbacho Cordero Córdoba Córdova Cornejo Coronado Corral
Corrales Correa Cortes Cortés Costa Crespo Cruz Cuadrado Cubero Cuenca Cuesta Cuevas Curiel Dávila Delgado Díaz Díez Domènech Doménech Domingo Domínguez Donoso Duarte Dueñas Duque Durán
Echeverría Elías Enríquez Escalante Escobar Escolano Escribano Escudero Espada Esparza Espejo Espín Espino Espinosa Espinoza Esquivel Estévez Esteban Esteve Estrada Fajardo Falcón
Farias Feijoo Fernandes Fernández Ferrándiz Ferreira Ferreiro Ferrer Ferrero Figueras Figueroa Fleitas Flores Florido Font Fonseca Fontán Franco Freire Frías Fuente Fuentes Fuster Galán Galdeano Gálvez Galindo
Gallardo Gallego Gallegos Galera Gámez Gamero Garay Garcés García Garrido Garriga Garzón Gascón Gaspar Gavilán Gento Gil Giménez Gimeno Giner Giraldo Girón Godoy Gómez Góngora
González Gonzálvez Gordillo Gordo Gracia Granado Granados Grande Grau Guerra Guerrero Guevara Guijarro Guillén Guirado Gutiérrez Guzmán Haro Heredia Hernán Hernández Hernando Heras
Hermoso Herranz Herrera Herrero Hervás Hidalgo Hierro Hinojosa Holgado Hoyos Huertas Huerta Hurtado Ibáñez Ibarra Iglesias Infante Íñiguez Izquierdo Jara Jaramillo Jáuregui Jiménez Jerez Jordán Juárez Jurado
Lago Laguna Lagos Lara Largo Latorre Lázaro Leal Ledesma Legaz Leiva León Lemus Linares Lima Liñán Llamas Llanos Lleó Llopis Llorens Llorente Lloret Lobato Lobo López Lorente Lorenzo Losada Lozano
Lucas Lucena Luján Luna Luque Macías Machado Madrid Madrigal Maestre Maldonado Mancebo Manrique Mansilla Manso Manzanares Manzano Marco Marcos Marín Mariño Márquez Marqués Martí Martín Martínez
Martos Mas Mata Mateo Mateos Mateu Matos Maya Mayor Mayoral Maza Medina Mejía Mejías Meléndez Melero Melgar Melián Mena Méndez Mendoza Menéndez Meneses Merchán Mercado Merino Mesa Meza Miguel Millán Mínguez Mira
Miralles Miranda Miró Moya Moyano Molero Molina Moliner Molinero Moncada Monge Monroy Montalvo Montaño Monte Montenegro Montero Montes Montesinos Montiel Montilla Montoro Montoya Mora Moraleda Morales Morán Morante
Morata Morcillo Moreira Morell Moreno Morillo Moro Morón Moscoso Mosquera Mota Moyano Mula Muñiz Muñoz Munuera Murcia Murillo Muro Nadal Naranjo Narváez Navarrete Navarro Navas Negro Nevado Nicolás Nieto Niño Nogales Noguera Nogueira
Novo Novoa Núñez Obregón Ocampo Ocaña Ochoa Olea Oliva Olivares Oliver Olivera Olivo Olmedo Olmo Olmos Ordóñez Orellana Oropesa Orozco Ortega Ortiz Ortuño Osorio Osuna Otero Otálora Oviedo Pacheco Padilla Padrón Páez Palacio Palacios Palma Palomares Palomino Palomo Pagán
Pardo Paredes Pareja Parejo Parra Parrilla Parrado Pascual Pastor Patiño Pavón Paz Pazos Pedraza Pedrosa Peinado Peláez Peña Peñalver Perales Peralta Perea Pereira Perera Pérez Pereyra Perdomo Pineda Pinto Piñeiro Piñero Pino Pizarro Plata
Plaza Polo Pomares Ponce Pons Porras Portillo Posada Pozo Prada Prado Prats Prieto Puente Puerta Puga Puig Pulido Quesada Quevedo Quijada Quintana Quintanilla Quintero Quiroga Quirós Quiroz Quispe Rabadán Ramírez Ramón
Ramos Rangel Raya Real Rebollo Recio Redondo Requena Restrepo Rey Reyes Reina Revilla Ribera Ribas Rico Riera Rincón Río Ríos Rivas Rivera Rivero Robledo Robles Roca Rocha Roda Rodrigo Rodrigues Rodríguez Roig Rojano Rojas Rojo Roldán Román Romera
Romero Romo Ropero Roque Ros Rosa Rosado Rosales Rosell Roselló Rosselló Rovira Royo Rubio Rueda Ruano Rubiales Rufo Ruiz Sáenz Sáez Sáiz Sainz Salamanca Salas Salazar Salcedo Saldaña Salgado Salguero Salido Salinas Salmerón Salvador Salvatierra Samper Sanabria Sanchis Sánchez Sancho Sandoval Sanjuán
Sanmartín Santamaría Santana Santiago Santiesteban Santillán Santos Sanz Sarabia Sarmiento Sastre Saura Segovia Segura Sempere Senra Sepúlveda Serna Serra Serrano Serrato Sevilla Sierra Silva Silvestre Simarro Simón Sola Solano Solé Soler Soliño Solís Soria Soriano Sosa Sotelo Soto Suárez Suero Taboada
Talavera Tapia Tejada Tejedor Tejero Tello Tena Tenorio Terol Téllez Terrón Tirado Toledano Toledo Tomás Toro Toribio Torralba Torre Torrecilla Torrejón Torrens Torrente Torres Torrijos Tortosa Tovar Trejo Treviño Triguero Trigo Trillo Trujillo Ubeda Úbeda Ulloa Umaña Urbano Uribe Urrutia Ureña Urquijo Uceda
Valbuena Valdés Valdivia Valencia Valenzuela Valera Valero Valiente Valle Vallejo Valls Valverde Vaquero Varela Vargas Vásquez Vázquez Vega Vela Velasco Velásquez Velázquez Vélez Vera Verdejo Verdú Vergara Vicente Vidal Vigo Vila Vilches Villa
Villalba Villalobos Villanueva Villar Villareal Villarreal Villaseñor Villegas Villena Vives Vivas Yáñez Yagüe Yepes Yuste Zabala Zafra Zambrano Zamora Zamorano Zapata Zaragoza Zárate Zavala Zayas Zorrilla Zubiri Zuluaga Zúñiga Zurita
Agirre Aldama Anguita Arregui Arrieta Aramburu Azkue Bengoetxea Elizalde Erdozain Etxeberria Etxebarria Garmendia Goikoetxea Goñi Iturralde Larrañaga Lasa Mendizábal Olaizola Otegi Oyarzábal Uriarte Urrutikoetxea Zabaleta Zubizarreta
Expósito Ojeda Saavedra Moral Cid Marrero Castilla Sala Belmonte Ventura Pujol Egea Fraile Cánovas Alcaide Barrio Galván Criado Dorado Calleja Pla Alcalde Paniagua Avilés Lafuente Poveda Vallés Abellán Souto Bilbao Afonso
Fuertes Mellado Carreño Castelló Baeza Vílchez Bellido Vizcaíno Luengo Peris Gago Campillo Casal Vilar Sobrino Seoane Cazorla Pallarés Ripoll Ferrando Veiga Fraga Climent Barrero Ayuso Amorós Diéguez Prados Tamayo Barros Batista
Maroto Alves Berenguer Míguez Pinilla Villaverde Viñas Sampedro Teruel Cifuentes Medrano Echevarría Sevillano Almagro Castañeda Puertas
Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Moore Jackson White Harris Thompson Robinson Walker Young King Wright Scott Green Baker Hall Müller Schmidt Schneider Fischer Weber Meyer Rossi Russo Ferrari Bianchi Dupont Martin Bernard Dubois Laurent Silva Santos Oliveira Souza Sousa Pereira Gonçalves Gomes Popescu Ionescu`;

/** Short forms of surnames: old-style contractions still common in Spanish files. */
export const SURNAME_ABBREVIATIONS: Record<string, string> = {
  glez: 'gonzalez',
  gzlez: 'gonzalez',
  glz: 'gonzalez',
  gonz: 'gonzalez',
  gnzlez: 'gonzalez',
  rguez: 'rodriguez',
  rdguez: 'rodriguez',
  rodgz: 'rodriguez',
  rdez: 'rodriguez',
  rodrig: 'rodriguez',
  fdez: 'fernandez',
  fndez: 'fernandez',
  frndez: 'fernandez',
  hdez: 'hernandez',
  hndez: 'hernandez',
  mtez: 'martinez',
  mtnez: 'martinez',
  mrtnez: 'martinez',
  mnez: 'martinez',
  mdez: 'mendez',
  dguez: 'dominguez',
  dmguez: 'dominguez',
  gmez: 'gomez',
  gmz: 'gomez',
  jmez: 'jimenez',
  jmnez: 'jimenez',
  jnez: 'jimenez',
  lpez: 'lopez',
  lpz: 'lopez',
  prez: 'perez',
  prz: 'perez',
  schez: 'sanchez',
  snchez: 'sanchez',
  schz: 'sanchez',
  sncz: 'sanchez',
  gtrez: 'gutierrez',
  gtez: 'gutierrez',
  gutrrez: 'gutierrez',
  rmrez: 'ramirez',
  vzquez: 'vazquez',
  vqez: 'vazquez',
  vzqz: 'vazquez',
  alvz: 'alvarez',
  alvrez: 'alvarez',
  mnoz: 'munoz',
  gcia: 'garcia',
  ga: 'garcia',
  grcia: 'garcia',
};
