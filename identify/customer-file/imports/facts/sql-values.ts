// How the warehouse reads what people write, as SQL expressions over a column of text. One reading for the preview and
// for the import itself.

/** A string as a SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** A regular expression as a SQL literal. */
const pattern = (regexp: RegExp) => literal(regexp.source);

/** `of` without white space around it, the no-break space of spreadsheets included; '' for what programs write when they know nothing. */
export function textSql(of: string): string {
  const bare = `trimBoth(replaceAll(${of}, '\u00a0', ' '))`;
  return `if(${bare} in ('NULL', 'null', 'NA', 'N/A', 'n/a', '#N/A', '#N/D', '\\\\N', '-', 'nan', 'NaN'), '', ${bare})`;
}

const GROUPED = {
  ',': /^[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d*)?([eE][+-]?\d+)?$/,
  '.': /^[+-]?(\d{1,3}(,\d{3})+|\d*)(\.\d*)?([eE][+-]?\d+)?$/,
};

/** The text of an amount without blanks and currency, the minus in front: `(1.234,50 €)` and `1.234,50-` become `-1.234,50`. */
export function bareNumberSql(of: string): string {
  const bare = `replaceRegexpAll(${of}, '[\\\\s\u00a0\u202f€$£]|EUR|USD|COP|MXN|CLP|ARS|PEN', '')`;
  const odd = `match(${of}, '[^0-9.,-]|-$')`;
  return `if(${odd}, replaceRegexpOne(${bare}, '^[(]?([^()]*?)[)-]$', '-\\\\1'), ${of})`;
}

/**
 * Nullable(Decimal(18, 4)) of a bare number, null where it is none. A point among commas that could not group thousands is
 * a mistake, not a decimal mark: guessing would make 1.5 of some and 1125 of others.
 */
export function decimalSql(bare: string, decimal: ',' | '.'): string {
  const plain = decimal === ',' ? `replaceOne(replaceAll(${bare}, '.', ''), ',', '.')` : `replaceAll(${bare}, ',', '')`;
  const rounded = `accurateCastOrNull(round(toDecimal128OrNull(${plain}, 10), 4), 'Decimal(18, 4)')`;
  return `if(match(${bare}, ${pattern(GROUPED[decimal])}), ${rounded}, null)`;
}

const YEAR = '(19[7-9]\\d|20\\d\\d)';
const MONTH = '(0?[1-9]|1[0-2])';
const DAY = '(0?[1-9]|[12]\\d|3[01])';
const CLOCK = '([T ]+([01]?\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d+)?)?( ?[AaPp][Mm])?( ?(Z|UTC|[+-]\\d\\d:?(\\d\\d)?))?)?';
const ISO = `${YEAR}[-/.]${MONTH}[-/.]${DAY}|${YEAR}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])`;
const ORDERED = {
  dmy: `${DAY}[-/.]${MONTH}[-/.](${YEAR}|\\d\\d)`,
  mdy: `${MONTH}[-/.]${DAY}[-/.](${YEAR}|\\d\\d)`,
  ymd: ISO,
};

/**
 * Nullable(DateTime), null where the text is no moment between 1970 and 2099 in the given order of day, month and year;
 * ISO 8601 is read in any order. A time without an offset is that of `timeZone`, a date without a time its midnight.
 */
export function instantSql(of: string, order: 'dmy' | 'mdy' | 'ymd', timeZone: string): string {
  const read = order === 'mdy' ? 'parseDateTimeBestEffortUSOrNull' : 'parseDateTimeBestEffortOrNull';
  const accepted = literal(`^(${ORDERED[order]}|${ISO})${CLOCK}$`);
  return `if(match(${of}, ${accepted}), ${read}(${of}, ${literal(timeZone)}), null)`;
}

/** Nullable(Date). */
export function dateSql(of: string, order: 'dmy' | 'mdy' | 'ymd'): string {
  return `toDate(${instantSql(of, order, 'UTC')})`;
}

const YES = ['1', 'si', 'sí', 's', 'yes', 'y', 'true', 'verdadero', 'v', 'x', 'alta', 'aceptado', 'acepta', 'granted', 'opt-in', 'optin'];
const NO = ['0', 'no', 'n', 'false', 'falso', 'f', 'baja', 'rechazado', 'rechaza', 'denied', 'revocado', 'revoked', 'opt-out', 'optout'];
const list = (words: string[]) => `(${words.map(literal).join(', ')})`;

/** Nullable(UInt8): 1 for a yes, 0 for a no, null for anything else. */
export function yesOrNoSql(of: string): string {
  return `multiIf(lowerUTF8(${of}) in ${list(YES)}, 1, lowerUTF8(${of}) in ${list(NO)}, 0, null)`;
}

const CHANNELS: Record<string, string[]> = {
  store: [
    'tienda',
    'tienda física',
    'tienda fisica',
    'mostrador',
    'caja',
    'tpv',
    'store',
    'shop',
    'in-store',
    'pos',
    'retail',
    'presencial',
  ],
  web: ['web', 'online', 'en línea', 'en linea', 'internet', 'ecommerce', 'e-commerce', 'tienda online', 'website'],
  app: ['app', 'móvil', 'movil', 'mobile', 'aplicación', 'aplicacion'],
  phone: ['teléfono', 'telefono', 'tel', 'llamada', 'phone', 'call', 'telephone', 'call center', 'call centre', 'contact center'],
  email: ['email', 'e-mail', 'correo', 'correo electrónico', 'correo electronico', 'mail'],
  post: ['postal', 'carta', 'buzoneo', 'post', 'letter', 'direct mail', 'correo postal'],
  sms: ['sms', 'mensaje de texto'],
  whatsapp: ['whatsapp', 'wa', 'wasap'],
  chat: ['chat', 'webchat', 'live chat'],
  visit: ['visita', 'visita comercial', 'visita a domicilio', 'visit', 'field visit', 'home visit'],
  social: ['redes', 'redes sociales', 'social', 'facebook', 'instagram', 'twitter', 'tiktok'],
};

/** The channel by its one name in the product where we know it, else in lower case as it came. */
export function channelSql(of: string): string {
  const pairs = Object.entries(CHANNELS).flatMap(([name, words]) => words.map((word) => [word, name] as const));
  const from = `[${pairs.map(([word]) => literal(word)).join(', ')}]`;
  const to = `[${pairs.map(([, name]) => literal(name)).join(', ')}]`;
  return `transform(lowerUTF8(${of}), ${from}, ${to}, lowerUTF8(${of}))`;
}

/** in, out, or '' where it is not said. */
export function directionSql(of: string): string {
  const incoming = ['in', 'entrante', 'entrada', 'inbound', 'incoming', 'recibida', 'recibido', 'i', 'e'];
  const outgoing = ['out', 'saliente', 'salida', 'outbound', 'outgoing', 'emitida', 'enviado', 'enviada', 'o', 's'];
  return `multiIf(lowerUTF8(${of}) in ${list(incoming)}, 'in', lowerUTF8(${of}) in ${list(outgoing)}, 'out', '')`;
}

/** The 128 bits of a UUID, as a number. */
const bits = (uuid: string) => `reinterpretAsUInt128(reinterpretAsFixedString(toUUID('${uuid}')))`;

/** A UUIDv8 over the MD5 of a text: what `recordId` of @vinculo/postgres makes, computed by the warehouse. */
export function uuidSql(text: string): string {
  const hash = `MD5(${text})`;
  const bytes = `concat(reverse(substring(${hash}, 1, 8)), reverse(substring(${hash}, 9, 8)))`;
  const kept = `bitAnd(reinterpretAsUInt128(${bytes}), bitNot(${bits('00000000-0000-f000-f000-000000000000')}))`;
  return `reinterpretAsUUID(bitOr(${kept}, ${bits('00000000-0000-8000-8000-000000000000')}))`;
}

/** The id of the source record a key names. */
export function recordIdSql(sourceId: string, key: string): string {
  return uuidSql(`concat(${literal(`${sourceId}\n`)}, ${key})`);
}
