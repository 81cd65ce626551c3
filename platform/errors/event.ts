import { area } from './entry.ts';

/** What the door of the event API answers. What cannot be taken in is 400, too large included: the libraries of the Segment spec know that one. */
export const event = area({
  VIN_EVENT_KEY_MISSING: {
    status: 400,
    es: 'Falta la clave de escritura. Ponla en «writeKey» del cuerpo o como usuario de Basic (writeKey:). No se ha guardado nada.',
    en: 'The write key is missing. Put it into "writeKey" of the body or as the user of Basic (writeKey:). Nothing was kept.',
  },
  VIN_EVENT_KEY_UNKNOWN: {
    status: 400,
    es: 'No conocemos la clave de escritura «{{key}}». Cópiala otra vez de la fuente. No se ha guardado nada.',
    en: 'We do not know the write key "{{key}}". Copy it again from the source. Nothing was kept.',
  },
  VIN_EVENT_KEY_REVOKED: {
    status: 400,
    es: 'La clave de escritura «{{name}}» se revocó el {{at}}. Usa otra clave de la fuente. No se ha guardado nada.',
    en: 'The write key "{{name}}" was revoked on {{at}}. Use another key of the source. Nothing was kept.',
  },
  VIN_EVENT_KEY_EXPIRED: {
    status: 400,
    es: 'La clave de escritura «{{name}}» se cambió por otra y caducó el {{at}}. Usa la nueva. No se ha guardado nada.',
    en: 'The write key "{{name}}" was replaced and expired on {{at}}. Use the new one. Nothing was kept.',
  },
  VIN_EVENT_ORIGIN: {
    status: 400,
    es: 'La clave de escritura «{{name}}» no vale para las páginas de {{origin}}. Añade el sitio a la clave en la fuente. No se ha guardado nada.',
    en: 'The write key "{{name}}" is not for the pages of {{origin}}. Add the site to the key in the source. Nothing was kept.',
  },
  VIN_EVENT_TOO_LARGE: {
    status: 400,
    es: '{{what}} pesa más de {{limit}}. No se ha guardado nada de la petición. Manda menos en cada evento o en cada lote.',
    en: '{{what}} is larger than {{limit}}. Nothing of the request was kept. Send less in each event or in each batch.',
  },
  VIN_EVENT_TOO_MANY: {
    status: 400,
    es: 'El lote trae {{count}} eventos y caben {{limit}}. No se ha guardado nada. Divídelo.',
    en: 'The batch holds {{count}} events and {{limit}} fit. Nothing was kept. Split it.',
  },
  VIN_EVENT_JSON: {
    status: 400,
    es: 'El cuerpo no es JSON válido: {{reason}}. No se ha guardado nada. Corrígelo y mándalo otra vez.',
    en: 'The body is not valid JSON: {{reason}}. Nothing was kept. Correct it and send it again.',
  },
  VIN_EVENT_ENVELOPE: {
    status: 400,
    es: 'La petición no tiene la forma que pide la API: {{detail}}. No se ha guardado nada.',
    en: 'The request does not have the shape the API asks for: {{detail}}. Nothing was kept.',
  },
  VIN_EVENT_ENCODING: {
    status: 400,
    es: 'No podemos leer el cuerpo como «{{encoding}}». Mándalo sin comprimir o con gzip. No se ha guardado nada.',
    en: 'We cannot read the body as "{{encoding}}". Send it uncompressed or with gzip. Nothing was kept.',
  },
  VIN_EVENT_CUT_OFF: {
    status: 408,
    es: 'El cuerpo no llegó entero. No se ha guardado nada. Mándalo otra vez.',
    en: 'The body did not arrive whole. Nothing was kept. Send it again.',
  },
  VIN_EVENT_OVERLOAD: {
    status: 429,
    es: 'Llegan más eventos de los que podemos guardar ahora. Espera {{seconds}} segundos y manda estos otra vez.',
    en: 'More events arrive than we can keep right now. Wait {{seconds}} seconds and send these again.',
  },
});
