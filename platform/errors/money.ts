import { area } from './entry.ts';

export const money = area({
  VIN_COST_CHANGED: {
    status: 409,
    es: 'Alguien ha cambiado los costes mientras los tenías abiertos. No se ha guardado nada. Vuelve a abrirlos, mira qué ha cambiado y guarda otra vez.',
    en: 'Somebody changed the costs while you had them open. Nothing was saved. Open them again, see what changed and save again.',
  },
  VIN_COST_VERSION: {
    status: 404,
    es: 'No hay una versión {{version}} de los costes. Elige una de las del historial.',
    en: 'There is no version {{version}} of the costs. Choose one of those in the history.',
  },
  VIN_MODEL_WRONG: {
    status: 422,
    es: 'El modelo tiene errores y no se puede guardar en vigor. Corrígelos o guárdalo como borrador.',
    en: 'The model has mistakes and cannot be put in force. Correct them or save it as a draft.',
  },
  VIN_MODEL_CHANGED: {
    status: 409,
    es: 'Alguien ha cambiado este modelo mientras lo tenías abierto. No se ha guardado nada. Vuelve a abrirlo y guarda otra vez.',
    en: 'Somebody changed this model while you had it open. Nothing was saved. Open it again and save again.',
  },
  VIN_MODEL_VERSION: {
    status: 404,
    es: 'No hay una versión {{version}} de este modelo. Elige una de las del historial.',
    en: 'There is no version {{version}} of this model. Choose one of those in its history.',
  },
});
