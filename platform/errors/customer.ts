import { area } from './entry.ts';

export const customer = area({
  VIN_CUSTOMER_SAME: {
    status: 422,
    es: 'Son el mismo cliente, así que no hay nada que unir.',
    en: 'They are the same customer, so there is nothing to merge.',
  },
  VIN_CUSTOMER_ERASED: {
    status: 410,
    es: 'Los datos de este cliente se borraron a petición suya y no se pueden recuperar.',
    en: 'The data of this customer was erased at their request and cannot be brought back.',
  },
  VIN_CUSTOMER_INDEX_BUSY: {
    status: 503,
    es: 'El servidor está preparando la búsqueda de parecidos y tarda unos segundos más. No se ha cambiado nada. Inténtalo de nuevo enseguida.',
    en: 'The server is preparing the search for similar customers and needs a few seconds more. Nothing was changed. Try again shortly.',
  },
  VIN_CUSTOMER_CHANGED: {
    status: 409,
    es: 'Alguien ha cambiado este cliente mientras lo tenías abierto. No se ha guardado nada. Vuelve a abrirlo, comprueba qué ha cambiado y guarda otra vez.',
    en: 'Somebody changed this customer while you had it open. Nothing was saved. Open it again, see what changed and save again.',
  },
  VIN_CUSTOMER_NOT_SPLITTABLE: {
    status: 409,
    es: 'Este cliente tiene un solo registro de origen, así que no se puede separar.',
    en: 'This customer has a single source record, so it cannot be split.',
  },
  VIN_QUALITY_FIELD: {
    status: 422,
    es: 'El campo «{{field}}» no se mide o no se puede corregir en bloque. Elige uno de los que muestra la pantalla de calidad.',
    en: 'The field “{{field}}” is not measured or cannot be corrected in bulk. Choose one of those on the quality screen.',
  },
  VIN_QUALITY_CORRECTED_ALREADY: {
    status: 409,
    es: 'Ese valor ya tiene una corrección en vigor. Deshazla antes de poner otra.',
    en: 'That value already has a correction in force. Undo it before you make another.',
  },
  VIN_QUALITY_UNDONE_ALREADY: {
    status: 409,
    es: 'Esa corrección ya se deshizo.',
    en: 'That correction was undone already.',
  },
});
