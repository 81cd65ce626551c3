/**
 * Legal forms as shown → the folded ways of writing them, single letters joined (s a u → sau). Spain: Real Decreto
 * Legislativo 1/2010 and Ley 27/1999; Colombia: Código de Comercio and Ley 1258/2008; Mexico: LGSM; the rest by ISO 20275 (GLEIF).
 */
const FORMS: Record<string, string> = {
  'S.A.': 'sa|sociedad anonima|soc anonima|ssa',
  'S.A.U.': 'sau|sociedad anonima unipersonal|sa unipersonal|sa sociedad unipersonal',
  'S.L.': 'sl|sociedad limitada|soc limitada|soc ltda|sociedad de responsabilidad limitada|srl|s r l|s de rl|sderl',
  'S.L.U.': 'slu|sociedad limitada unipersonal|sl unipersonal|sl sociedad unipersonal|slunipersonal|sociedad limitada de un solo socio',
  'S.L.L.': 'sll|sociedad limitada laboral|sl laboral',
  'S.L.N.E.': 'slne|sociedad limitada nueva empresa',
  'S.L.P.': 'slp|sociedad limitada profesional|sl profesional',
  'S.A.L.': 'sal|sociedad anonima laboral',
  'S.A.D.': 'sad|sociedad anonima deportiva',
  'S. Coop.':
    'scoop|s coop|sociedad cooperativa|soc coop|coop|cooperativa|sccl|s coop and|s coop v|coop v|scoopv|s coop mad|s coop galega|scl|scoop and|sociedad cooperativa andaluza|s coop ltda|scoopltda|sca|soc coop and|s coop lda|sociedad cooperativa limitada|coop valenciana',
  'C.B.': 'cb|comunidad de bienes|com bienes',
  'S.C.': 'sc|scp|sociedad civil|soc civil|sociedad civil particular',
  'S.Com.': 's com|scom|s en c|senc|sociedad comanditaria|sociedad en comandita|s en cs|scs',
  'S.R.C.': 'src|sociedad colectiva|sociedad regular colectiva',
  'A.I.E.': 'aie|agrupacion de interes economico',
  'U.T.E.': 'ute|union temporal de empresas|ley 18 1982',
  'S.A.S.': 'sas|sociedad por acciones simplificada|sas bic|sociedad por acciones simplificadas',
  'Ltda.': 'ltda|limitada|lda|cia ltda|y cia ltda|compania limitada',
  'S.C.A.': 's en ca|sociedad en comandita por acciones',
  'E.U.': 'eu|empresa unipersonal',
  'E.S.P.': 'esp|sa esp|empresa de servicios publicos|sas esp',
  'E.I.R.L.': 'eirl|empresa individual de responsabilidad limitada',
  'S.A.C.': 'sac|sociedad anonima cerrada',
  'S.A.A.': 'saa|sociedad anonima abierta',
  SpA: 'spa|sociedad por acciones|societa per azioni',
  'S.A. de C.V.': 'sa de cv|sociedad anonima de capital variable|sadecv|sa cv|sacv',
  'S. de R.L. de C.V.': 's de rl de cv|sociedad de responsabilidad limitada de capital variable|srl de cv|sderldecv',
  'S.A.P.I. de C.V.': 'sapi de cv|sapi|sociedad anonima promotora de inversion',
  'S.A.B. de C.V.': 'sab de cv|sab',
  'A.C.': 'ac|asociacion civil',
  'C.A.': 'ca|compania anonima',
  Ltd: 'ltd|limited|private limited|pvt ltd|pty ltd|co ltd',
  PLC: 'plc|public limited company',
  LLP: 'llp|limited liability partnership',
  LLC: 'llc|limited liability company|llc co',
  'Inc.': 'inc|incorporated',
  'Corp.': 'corp|corporation',
  'Co.': 'co|company',
  GmbH: 'gmbh|gesellschaft mit beschrankter haftung|g m b h',
  'GmbH & Co. KG': 'gmbh co kg|gmbh and co kg',
  AG: 'ag|aktiengesellschaft',
  KG: 'kg',
  UG: 'ug|ug haftungsbeschrankt',
  'e.V.': 'e v',
  SARL: 'sarl|s a r l|societe a responsabilite limitee',
  SASU: 'sasu',
  EURL: 'eurl',
  SCI: 'sci',
  SE: 'se|societas europaea',
  'S.r.l.': 's r l s|srls',
  'B.V.': 'bv',
  'N.V.': 'nv',
  AB: 'ab|aktiebolag',
  'A/S': 'a s|aps',
  Oy: 'oy|oyj',
  'Lda.': 'unipessoal lda|sociedade unipessoal lda|sociedade por quotas',
};

/** Folded writing, words separated by spaces with single letters joined → the form as shown. */
export const LEGAL_FORMS = new Map<string, string>();
for (const [shown, writings] of Object.entries(FORMS)) {
  for (const writing of writings.split('|')) LEGAL_FORMS.set(joinLetters(writing.split(' ')).join(' '), shown);
}
// S.R.L. is the same form as S.L. in Spain and the usual one of Argentina and Peru: shown as written there.
LEGAL_FORMS.set('srl', 'S.R.L.').set('s de rl', 'S. de R.L.').set('sderl', 'S. de R.L.');

/** The most words a written form has. */
export const LONGEST_FORM = 7;

/** Forms that are also words or initials of other things: they count only at the end of a name of two words or more. */
export const WEAK_FORMS = new Set([
  'co',
  'ca',
  'ac',
  'ab',
  'ag',
  'kg',
  'ug',
  'se',
  'eu',
  'esp',
  'coop',
  'cooperativa',
  'limitada',
  'company',
  'src',
  'sal',
  'sad',
  'spa',
  'sca',
  'aie',
  'sci',
  'oy',
  'sc',
  'cb',
  'saa',
  'a s',
  'as',
  'ev',
]);

/** s · a · u → sau: runs of single letters are one abbreviation. */
export function joinLetters(words: readonly string[]): string[] {
  const out: string[] = [];
  let run = '';
  for (const word of words) {
    if (word.length === 1 && word >= 'a') {
      run += word;
      continue;
    }
    if (run !== '') out.push(run);
    run = '';
    out.push(word);
  }
  if (run !== '') out.push(run);
  return out;
}
