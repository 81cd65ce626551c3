/**
 * Common given names of Spain and Latin America with their accents, and the usual foreign ones, written for this
 * package. They decide gender, where the given name ends and the surname begins, and which accents a name in
 * capitals has lost. A name not listed still works: it has no gender and follows the position rules.
 */
export const MALE_NAMES = `
Aarón Abel Abelardo Abraham Adam Adán Adolfo Adrián Agustín Aitor Alan Albert Alberto Alejandro Alejo Alessandro Alexander Alexandre
Alexis Alfonso Alfredo Álvaro Amadeo Amador Amancio Anastasio Andrés Andreu Andrew Ángel Aníbal Anselmo Anthony Antoni Antonio Ariel
Armando Arnau Arsenio Arthur Artur Arturo Asier Augusto Aurelio Axel Baltasar Bartolomé Basilio Bautista Beltrán Benigno Benito Benjamín
Bernabé Bernardino Bernardo Bernat Biel Blas Borja Brais Brandon Brayan Breixo Brian Bruce Bruno Bryan Calixto Camilo Candelario Carles Carlos
Carmelo Casimiro Cayetano Cecilio Celestino Celso César Charles Christian Christopher Ciro Claudio Clemente Conrado Constantino Cosme Cristhian
Cristian Cristóbal Custodio Dámaso Damián Daniel Darío David Demetrio Denis Dennis Desiderio Diego Dimas Dionisio Domènec Domingo
Donald Donato Doroteo Edelmiro Edgar Edison Edmundo Eduard Eduardo Eduardo Edward Edwin Efraín Eladio Elías Eliseo Elmer Eloy Elvis
Emeterio Emil Emiliano Emilio Emmanuel Eneko Enric Enrique Epifanio Eric Erick Erik Ernest Ernesto Esteban Esteve Eudald Eugenio Eusebio
Evaristo Everardo Ezequiel Fabián Fabio Fabricio Facundo Faustino Fausto Federico Feliciano Felipe Félix Fermín Fernando Ferran Fidel Florencio
Florentino Florián Fortunato Francesc Francesco Francis Francisco Franklin Fructuoso Fulgencio Gabino Gabriel Gael Gaizka Gaspar Genaro
George Geovanny Gerard Gerardo Germán Gervasio Gilberto Ginés Giovanni Giuseppe Gonzalo Gorka Graciano Gregorio Guifré Guillem Guillermo
Gumersindo Gustavo Hans Harold Harry Héctor Heliodoro Henry Heriberto Hernán Hernando Hilario Hipólito Honorato Horacio Hugo Humberto
Ian Ibai Ibrahim Ignacio Ignasi Igor Iker Ildefonso Imanol Indalecio Íñigo Ion Ireneo Isaac Isaías Isidoro Isidro Ismael Israel Iván
Izan Jack Jacint Jacinto Jacob Jacobo Jaime James Jan Jason Jaume Javier Jean Jeremías Jerónimo Jeison Jesús Jhon Joan Joaquim Joaquín Joel Johan
John Johnny Jon Jonás Jonatan Jonathan Jordi Jorge Josep José Joseba Josep Joseph Joshua Josu Josué Juan Julen Julián Julio Justin Justino Justo
Juvenal Karim Karl Kevin Koldo Lautaro Lázaro Leandro Leo Leocadio Leon Leonardo Leonel Leopoldo Lino Lionel Lisandro Lluc Lluís Lope Lorenzo
Louis Luca Lucas Luciano Lucio Luis Macario Manel Manuel Marc Marcel Marcelino Marcelo Marcial Marco Marcos Mariano Marino Mario Mark Martí
Martín Mateo Mathew Matías Matthew Mauricio Mauro Max Maximiliano Maximino Máximo Melchor Melitón Michael Michel Miguel Mikel Milton Miquel
Modesto Mohamed Mohammed Moisés Nahuel Narciso Natalio Nathan Nazario Nelson Néstor Nicanor Nicasio Nicholas Nicolás Noah Noé Norberto
Octavio Odón Oier Olegario Oliver Omar Onofre Oriol Orlando Óscar Oswaldo Osvaldo Ovidio Pablo Paolo Pascual Pastor Patricio Patrick Patxi
Pau Paul Paulino Paulo Pedro Pelayo Pere Peter Philip Pierre Plácido Policarpo Pol Prudencio Quim Quintín Quirino Rafael Raimundo Ramiro Ramón Raúl
Raymundo Reinaldo Remigio Renato Rene Reyes Ricard Ricardo Richard Rigoberto Robert Roberto Robinson Rodolfo Rodrigo Roger Rogelio Román Romeo
Romualdo Ronald Roque Rosendo Rubén Rufino Ruperto Ryan Sabino Salomón Salustiano Salvador Samuel Sancho Santiago Santos Saturnino Saúl
Scott Sebastián Secundino Segismundo Segundo Serafín Serapio Sergi Sergio Severiano Severino Silverio Silvestre Silvio Simeón Simón Sixto Stefan
Stephen Steven Telmo Teodoro Teófilo Thiago Thomas Tiago Tiburcio Timoteo Tobías Tomàs Tomás Tristán Ubaldo Ulises Unai Urbano Urko Valentín
Valeriano Valerio Vicenç Vicent Vicente Víctor Victoriano Victorino Virgilio Vladimir Walter Washington Wenceslao Wilfredo William Wilmer Wilson
Xabier Xavier Xoán Xosé Yago Yeray Yerai Yoel Youssef Ahmed Ali Hassan Said Mustapha Zacarías Zenón
Iñaki Adrià Cándido Alonso Ander Avelino Aleix Jairo Laureano Andoni Cesáreo Cipriano Rachid Gheorghe Vasile Ioan Khalid Hicham Nicolae Florin Toni Paco Pepe Nacho Manolo Javi Quique`;

export const FEMALE_NAMES = `
Abigail Ada Adela Adelaida Adelina Adoración Adriana África Agnès Ágata Agueda Agustina Aida Ainara Ainhoa Aina Ainoa Aitana Alana Alba Alejandra
Alexandra Alexia Alfonsa Alice Alicia Alina Allison Alma Almudena Altagracia Amada Amaia Amalia Amanda Amaya Amelia Amparo Ana Anabel Anaís
Anastasia Andrea Ángela Ángeles Ángela Angélica Angelina Angelines Angustias Anita Anna Anne Annie Antonella Antònia Antonia Anunciación Araceli
Aránzazu Arantxa Ariadna Ariana Arlet Ascensión Asunción Aura Aurelia Aurora Azucena Bárbara Beatriz Begoña Belén Belinda Berenice Bernarda
Berta Bertha Bianca Blanca Brenda Brigida Brígida Camila Candela Candelaria Caridad Carina Carla Carlota Carme Carmela Carmen Carmiña Carol Carolina
Casandra Casilda Catalina Catherine Cecilia Celeste Celia Celina Charlotte Chloe Cinta Cintia Clara Claudia Clementina Clotilde Concepción
Concha Consolación Constanza Consuelo Coral Corina Covadonga Cristina Custodia Dafne Daiana Daniela Daría Dayana Débora Delfina Delia Desirée
Diana Dina Dolores Dominga Dora Dulce Edith Edurne Elena Eleonora Elia Eliana Elisa Elisabet Elisabeth Elizabeth Eloísa Elsa Elvira Ema Emilia
Emily Emma Emperatriz Encarna Encarnación Engracia Enriqueta Erica Erika Ernestina Esmeralda Esperanza Estefanía Estela Estefany Ester Esther Estrella
Eugenia Eulalia Eva Evangelina Evelyn Fabiana Fabiola Fanny Fátima Fe Felicidad Felicitas Felipa Felisa Fermina Fernanda Filomena Fina Flora Florencia Florentina
Fiona Francesca Francisca Frida Fuensanta Fuencisla Gabriela Gala Gema Gemma Genoveva Georgina Gertrudis Giovanna Gisela Gladys Gloria Gracia Graciela
Grace Greta Gregoria Griselda Guadalupe Guillermina Haizea Hannah Helen Helena Henar Herminia Hermelinda Hilda Hortensia Ichaso Iciar Icíar Ida Idoia Idoya
Iluminada Ilse Imelda Imma Immaculada Inés Ingrid Inmaculada Inma Iraia Iratxe Irati Irene Iria Iris Irma Isabel Isabela Isabella Isaura Isidora
Itziar Ivana Ivette Ivonne Izaro Izaskun Jacinta Jacqueline Jana Jane Janet Janire Jaqueline Jazmín Jennifer Jenny Jessica Jéssica Jesusa Jimena Joana
Joaquina Johana Johanna Jorgelina Josefa Josefina Josepa Juana Judit Judith Julia Juliana Julieta Justina Justa Karen Karina Karla Kate Katherine Katia Kathleen
Keila Laia Lara Laura Lea Leire Leonor Leticia Leyre Lía Lidia Liliana Lilia Lina Linda Lisa Lizbeth Lluïsa Lola Lorena Loreto Lourdes Lucía Luciana
Lucila Lucrecia Luisa Luna Lupe Luz Lydia Mabel Macarena Mafalda Magda Magdalena Maialen Maite Malena Manuela Mar Mara Marcela Marcelina Margalida Margaret
Margarida Margarita María Mariam Mariana Marianela Maribel Maricarmen Mariela Marilú Marina Mariona Marisa Marisol Marta Martha Martina
Mary Maryam Matilde Maura Mayra Maximina Mencía Mercè Mercedes Meritxell Mía Micaela Michelle Milagros Milagrosa Milena Mireia Mireya Miriam Misericordia
Mónica Montserrat Montse Myriam Nadia Nahia Naiara Naia Nancy Naroa Natalia Natividad Nayara Nazaret Neus Nerea Nicole Nicolasa Nieves Nina Noa Noelia Noemí Nora
Norma Nuria Núria Obdulia Odalys Ofelia Olaia Olalla Olaya Olga Olimpia Olivia Ona Paloma Pamela Paola Pasión Patricia Patrocinio
Paula Paulina Paz Penélope Perla Perpetua Petra Petronila Piedad Pilar Pino Primitiva Presentación Priscila Prudencia Pura Purificación Queralt Rafaela
Raimunda Ramona Raquel Rebeca Refugio Regina Reina Remedios Renata Rita Roberta Rocío Romina Rosa Rosalía Rosalba Rosalinda Rosana
Rosario Rosaura Rosenda Roser Rosina Rossana Roxana Rufina Ruth Sabina Sabrina Sagrario Salomé Salud Salvadora Samanta Samantha Samira Sandra Sara Sarah
Saray Sebastiana Selena Serafina Sheila Shirley Silvana Silvia Simona Sira Socorro Sofía Sol Solange Soledad Sonia Sònia Sonsoles Sophie Soraya Stella Stephanie
Sulema Susana Sylvia Tamara Tania Tatiana Tecla Telma Teodora Teresa Tina Tomasa Toñi Triana Trinidad Úrsula Valentina Valeria
Valle Vanesa Vanessa Venancia Vera Verónica Vicenta Victoria Victorina Violeta Virginia Virtudes Visitación Viviana Wanda Wendy Ximena Xiomara Yaiza Yamila
Yanira Yasmina Yazmín Yesenia Yésica Yohana Yolanda Yuliana Yuridia Zaida Zahira Zaira Zoe Zoraida Zulema Fatiha Khadija Aicha Fatima Malika Mina Zahra
Aroa Cándida Benita Ane Avelina Jenifer Estíbaliz Dolors Irina Lorenza Palmira Áurea Dionisia Mihaela Desamparados Modesta Jésica Otilia Bienvenida Emiliana Balbina Salma Miren Mari Pepa Conchi Charo Merche Pili Marisa`;

/** Given names of either gender. */
export const NEUTRAL_NAMES =
  'Álex Alex Sam Chris Cruz Trini Ariel Denis Noah Reyes Guadalupe Trinidad Rosario Kim Sacramento Jordan Taylor Robin Ange Santi Fran Dani';

/** Heads of devotional given names after María and the like: del Carmen, de los Ángeles, de la O. */
export const DEVOTIONS = new Set(
  (
    'carmen pilar mar rosario rocio angeles dolores luz fatima lourdes nieves soledad sagrario remedios milagros prado consuelo valle pino coro henar puerto ' +
    'socorro amparo jesus fe mercedes montserrat guadalupe concepcion desamparados cruz o sol paz sierra castillo camino monte esperanza cabeza ' +
    'mares salud trinidad caridad encarnacion asuncion gracia cinta victoria vega salceda angustias nazaret belen pinar rosa olvido reyes santos ' +
    'llanos alba almudena candelaria merced dios guia perpetuo monserrat valvanera sonsoles pineda monica corazon transito'
  ).split(' '),
);

/** What the file writes for the given name → the name; read only as a whole word, with or without its full stop. */
export const GIVEN_ABBREVIATIONS: Record<string, string> = {
  ma: 'maria',
  mª: 'maria',
  fco: 'francisco',
  frco: 'francisco',
  fca: 'francisca',
  fcisco: 'francisco',
  fdo: 'fernando',
  jse: 'jose',
  jph: 'joseph',
  jª: 'josefa',
  josea: 'josefa',
  ant: 'antonio',
  anto: 'antonio',
  antº: 'antonio',
  manl: 'manuel',
  mnel: 'manuel',
  mlo: 'manuel',
  alej: 'alejandro',
  rfl: 'rafael',
  rfael: 'rafael',
  dgo: 'diego',
  gpe: 'guadalupe',
  jn: 'juan',
  gmo: 'guillermo',
  gllmo: 'guillermo',
  sgo: 'santiago',
  bdo: 'bernardo',
  igno: 'ignacio',
  cpcion: 'concepcion',
  mgdl: 'magdalena',
};
