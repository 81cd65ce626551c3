/** Short forms of given names, Spanish, English, French and Portuguese: `root: short forms`. Folded. */
const families = `
francisco: paco pancho curro fran kiko frasco paquito chico
francisca: paca paqui fanny paquita
jose: pepe chepe pepito josep ze
josefa: pepa pepi fina josefina
maria: mari mary marie
dolores: lola loli lolita
concepcion: conchi concha conchita
ignacio: nacho inaki
manuel: manolo manu manel lolo
manuela: manoli
antonio: tono toni antoni tonin
antonia: toni tona tonia
rosario: charo chayo
mercedes: merche
enrique: quique kike
guadalupe: lupe
jesus: chus chuy
isabel: isa chabela
pilar: pili
teresa: tere
consuelo: chelo
luis: lucho
gregorio: goyo
santiago: santi yago
eduardo: edu lalo
alberto: beto berto
roberto: rober
rafael: rafa
javier: javi xavi
miguel: micky mike miki
fernando: nando fer
alejandro: alex
alejandra: ale
robert: bob rob bobby robbie bert bobbie
william: bill will billy willie liam willy
elizabeth: liz beth betty lizzie eliza betsy bess lisa
richard: dick rick rich ricky richie
james: jim jimmy jamie jimmie
john: jack johnny jon johnnie
thomas: tom tommy thos
michael: mick mickey mikey mike
joseph: joe joey jos
charles: charlie chuck chas charley
edward: ed eddie ted ned teddy
margaret: maggie meg peggy marge margie greta
katherine: kate kathy katie kathryn catherine kathleen cathy kat
jennifer: jen jenny jennie
patricia: pat patty trish patsy
patrick: paddy
christopher: chris kit
christina: tina christine chrissy
andrew: andy drew
anthony: tony
daniel: dan danny
david: dave davy
matthew: matt
samuel: sam sammy
benjamin: ben benny
stephen: steve steven
timothy: tim
gregory: greg
kenneth: ken kenny
ronald: ron ronnie
donald: don donnie
lawrence: larry laurence
nicholas: nick nicky nicolas
alexander: alec sandy
susan: sue suzy susie suzanne
deborah: deb debbie debra
barbara: barb babs
rebecca: becky becca
victoria: vicky vicki
theodore: theo
henry: harry hank hal
frederick: fred freddie freddy
george: geo
gerald: jerry gerry
jeffrey: jeff geoffrey geoff
walter: walt wally
raymond: ray
peter: pete
philip: phil phillip
leonard: len lenny leo
harold: hal
abigail: abby
dorothy: dot dottie
frances: fran
jacqueline: jackie
judith: judy
pamela: pam
sandra: sandy
cynthia: cindy
virginia: ginny
eleanor: ellie nell
helen: nellie
ann: anne annie nan nancy anna
sarah: sally sadie
mary: molly polly mae
`;

const roots = new Map<string, string>();
for (const line of families.trim().split('\n')) {
  const [root, short] = line.split(':') as [string, string];
  for (const name of short.trim().split(' ')) if (!roots.has(name)) roots.set(name, root);
}

/** A given name with each short form it is made of resolved; others as they are. */
export function rootOf(name: string): string {
  if (!name.includes(' ')) return roots.get(name) ?? name;
  return name
    .split(' ')
    .map((word) => roots.get(word) ?? word)
    .join(' ');
}

const givenNames = new Set([
  ...roots.keys(),
  ...roots.values(),
  ...`juan carlos pedro angel pablo sergio jorge diego vicente andres oscar mario raul ruben adrian ivan alvaro hugo lucas marcos joaquin ramon ana carmen lucia
  elena laura cristina marta paula raquel sara beatriz nuria silvia irene rocio monica julia alba sonia gloria veronica natalia susana yolanda eva claudia andrea
  joao pedro paulo rodrigo felipe bruno gabriel marcelo thiago gustavo leonardo ricardo tiago luiz fernanda juliana camila aline vanessa mariana leticia patricia
  jean pierre philippe alain bernard eric laurent olivier julien thierry christophe sebastien vincent guillaume mathieu nathalie isabelle sylvie monique francoise valerie
  camille celine sophie chloe lea emma manon ines jeanne claire mark paul kevin brian jason ryan gary eric justin scott brandon frank jessica karen lisa michelle kimberly amanda
  melissa stephanie sharon kathleen amy shirley angela brenda emma olivia ava sophia mia charlotte amelia harper evelyn oliver noah ethan mason logan jacob
  hans peter klaus wolfgang jurgen stefan andreas martin ursula monika petra sabine giuseppe giovanni marco luca francesco paolo maria giulia chiara federica alessandro
  ernest albert arthur louis alfred hannah emily jane martha ruth rachel joshua joel lachlan jack jake isabella georgia chloe grace lauren alexandra lily zoe harrison`
    .split(/\s+/)
    .filter((name) => name !== ''),
]);

/** Whether a word is a common given name in the languages this knows. */
export function isGivenName(word: string): boolean {
  return givenNames.has(word);
}
