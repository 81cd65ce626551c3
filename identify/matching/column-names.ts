import type { Meaning } from './column-meaning.ts';

/** What column names say, in Spanish, English, French, Portuguese, German and Italian. The first that fits wins, so the particular stand before the general. */
const names: readonly [RegExp, Meaning][] = [
  [
    /^(data_?)?(source|src|origin|origen|origine|origem|fuente|quelle|dataset|data_?set|file_?name|file|fichero|archivo|fichier|sistema|source_?(system|name|file))$/,
    'source',
  ],
  [
    /(^|_)(true|truth|ground|gold|golden|cluster|entity|ent|match|dup|duplicate|dedupe|canonical|household|person_?group)(_?(id|key|no|num|label|group|truth))*$/,
    'ignore',
  ],
  [
    /^(row|rows?_?(id|num|number)|(rec|record|registro|reg|unique|internal|customer|client|cliente|person|individual|patient|user|lead|contact|contacto|voter)_?(id|no|num|number|nr|key|code|codigo|ref)|voter_reg_num|uid|uuid|guid|id|pk|index|idx|key|label|kind|identifiant|n|no|nr|num|numero_?(cliente|registro)|codigo_?(cliente|registro))$/,
    'ignore',
  ],
  [
    /(created|updated|modified|inserted|loaded|extracted)(_|$)|timestamp|fecha_?(alta|registro|creacion|modificacion|baja)|^alta$|date_?(creation|added|modified|maj)|registr(ation|ered|y)_?(date|dt)|data_?(cadastro|criacao)|^(amount|importe|montant|valor|saldo|balance|total|sales|revenue|gasto)$|^(status|estado_?(cliente|registro)|statut|active|activo|notes?|notas?|comments?|comentarios?|observa(ciones|coes|tions?)|remarks?|bemerkung(en)?)$/,
    'ignore',
  ],
  [/given_?root/, 'given-root'],
  [/e_?mail|correo|courriel|^mail|mail_?(address|addr)/, 'email'],
  [/(phone|tel|mobile|addr(ess)?|name|email)_?(type|country|kind|usage|tipo|from_?date|thru_?date)(_\d+)?$/, 'ignore'],
  [/phone|(^|_)tel(ef(ono?|one)|_?n(o|um))?([_\d]|$)|movil|mobil|celular|(^|_)cell?(_|$)|(^|_)fax|whatsapp|handy|rufnummer/, 'phone'],
  [/birth_?(place|city|country|town|state)|lugar_?nac|lieu_?naiss|(place|pais|ciudad)_?(of_)?(birth|nac)/, 'category'],
  [/^(yob|by|birth_?year|year_?(of_?)?birth|ano_?nac\w*|annee_?naiss\w*)$/, 'birth-year'],
  [/^(mob|bm|birth_?month|month_?(of_?)?birth|mes_?nac\w*|mois_?naiss\w*)$/, 'birth-month'],
  [/^(bd|birth_?day|day_?(of_?)?birth|dia_?nac\w*|jour_?naiss\w*)$/, 'birth-day'],
  [/dob|birth|nacim|naiss|nascim|geburt|nascita|^f_?nac|^fnac|^ddn$|^dt_?nasc|^born$/, 'birth-date'],
  [/^(age|edad|idade|alter|eta)$/, 'age'],
  [
    /(apellidos?|surname|last_?name|sobrenome|apelido|lname|lastname)_?(_?c)?(2|two|second|b)$|segundo_?apellido|apellido_?(materno|2)|second_?(surname|last)|mother_?(maiden|surname|last)|^ape2$|lname_c2/,
    'second-surname',
  ],
  [/first_?(name_?)?and_?(sur|last)/, 'full-name'],
  [
    /apellido|surname|last_?name|family_?name|lname|name_?last|sobrenome|apelido|nachname|familienname|cognome|nom_?(de_?)?famille|^nom$|^ape1?$|^last$|^sname$/,
    'surname',
  ],
  [/employer|empleador|arbeitgeber/, 'category'],
  [
    /(nome|nombre|name|nom)(_?[oey])?_(razao|razon|raison|company|empresa|org)|(razao|razon|raison|company|empresa)_(\w+_)?(nome|nombre|name|nom)$/,
    'full-name',
  ],
  [
    /company|empresa|razao_?social|razon_?social|raison_?sociale|org(anization|anisation|anizacion)?(_?name)?(_\d+)?$|business|name_?org|firma$|societe|enterprise|agency|^firm$|trade_?name|nombre_?comercial|legal_?name/,
    'company',
  ],
  [
    /middle|midl|segundo_?nombre|deuxieme|second_?name|name_?sufx|initial|suffix|prefix|gender|sex(o|e)?$|^title$(?!)|tratamiento|civilite|salutation|anrede|tratamento|name_?middle/,
    'category',
  ],
  [
    /full_?name|(nombre|nome)_?(completo|y_?apellidos|e_?apelidos)|name_?full|nom_?(complet|prenom|et_prenom)|nome_?razao_?social|nome_?completo|first_?and_?(sur|last)|(contact|customer|client|person|patient|voter|member|owner|director|holder)_?name|^(name|nombres?_?y_?apellidos?|apellidos?_?y?_?nombres?|cliente|contacto|titular|paciente)$/,
    'full-name',
  ],
  [
    /given|first_?name|fore_?name|^(primer_?)?nombres?(_?(de_?)?pila)?$|fname|name_?first|prenom|vorname|^nome$|primeiro_?nome|^first$/,
    'given',
  ],
  [
    /ssn|soc_?sec|national_?id(_number|_no)?$|^(dni|nif|nie|cif|nit|rut|rfc|cuit|cuil|ruc|curp|cpf|cnpj|siren|siret|nir|ein)(_|$)|cpf_?cnpj|cedula|passport(_number|_no)?$|pasaporte|^document|documento|tax_?(id|number)(_number)?$|vat|licen[cs]e_?(n|$)|identific|steuer|codice_?fiscale|lei_?number|isbn|issn|ean$|upc|gtin|^sku$|doi$/,
    'id',
  ],
  [/post_?al|post_?code|(^|_)zip|^(cp|cep|plz|c_p|cap)$|cod(igo|e)?_?postal|postleitzahl/, 'postcode'],
  [/street_?(no|num)|house|^(street_)?(number|no|num)$|^numero$|portal|hausnummer/, 'street-number'],
  [/city|town|suburb|ciudad|municip|localidad|poblacion|ville|cidade|commune|^ort$|stadt|citta|neighbou?rhood|barrio/, 'city'],
  [/(^|_)(state|estado|county|country|pais|pays|region)(_|$)|provinc|departam|bundesland|^uf$/, 'province'],
  [/street|address|addr|direcc|domicil|calle|^via|adresse|endereco|strasse|indirizzo|^rue|logradouro|^morada/, 'street'],
  [/web|url|domain|dominio|homepage|site_?web/, 'website'],
];

export function meaningByName(column: string): Meaning | undefined {
  const plain = plainName(column);
  return names.find(([pattern]) => pattern.test(plain))?.[1];
}

/** Whether a column is called like a document that a state gives a person or a company, one each. */
export function isPersonalId(column: string): boolean {
  return personalId.test(plainName(column));
}

const personalId =
  /^(num(ero)?_?(de_?)?|n_)?(ssn|soc_?sec\w*|social_security\w*|national_?id\w*|dni|nif|nie|cif|nit|rut|rfc|cuit|cuil|curp|cpf|cnpj|siren|siret|nir|ein|cedula|passport|pasaporte|tax_?id|codice_?fiscale|documento(_identidad)?)(_(id|no|num|number|numero|nif|nie|cif))*$/;

function plainName(column: string): string {
  const last = /^https?:\/\//.test(column) ? column.replace(/[/#]$/, '').replace(/^.*[/#]/, '') : column;
  return last
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}
