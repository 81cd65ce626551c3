import { area } from './entry.ts';

export const question = area({
  VIN_QUESTION_SYNTAX: {
    status: 422,
    es: 'La consulta no se entiende: {{reason}}. No se ha cambiado nada. Corrígela y prueba otra vez.',
    en: 'The question is not understood: {{reason}}. Nothing was changed. Correct it and try again.',
  },
  VIN_QUESTION_NOT_ALLOWED: {
    status: 422,
    es: 'Aquí solo se leen las vistas documentadas: {{reason}}.',
    en: 'Only the documented views are read here: {{reason}}.',
  },
  VIN_QUESTION_PARAMETER: {
    status: 422,
    es: 'Falta un valor válido para el parámetro «{{name}}». Escríbelo y prueba otra vez.',
    en: 'The parameter "{{name}}" has no valid value. Write it and try again.',
  },
  VIN_QUESTION_NO_PARAMETER: {
    status: 422,
    es: 'La consulta no tiene ningún parámetro «{{name}}». Tiene: {{known}}. Corrige la dirección y prueba otra vez.',
    en: 'The question has no parameter "{{name}}". It has: {{known}}. Correct the address and try again.',
  },
  VIN_QUESTION_TIMEOUT: {
    status: 422,
    es: 'La consulta tarda demasiado y se ha parado. Pide menos días o menos columnas.',
    en: 'The question takes too long and was stopped. Ask for fewer days or fewer columns.',
  },
  VIN_QUESTION_MEMORY: {
    status: 422,
    es: 'La consulta necesita demasiada memoria y se ha parado. Pide menos días o agrupa antes.',
    en: 'The question needs too much memory and was stopped. Ask for fewer days or group earlier.',
  },
});
