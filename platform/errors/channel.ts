import { area } from './entry.ts';

export const channel = area({
  VIN_CHANNEL_NOT_YOURS: {
    status: 403,
    es: 'Este contacto lo anotó {{name}}. Pide a esa persona que lo cambie, o a quien pueda corregir clientes.',
    en: '{{name}} wrote this contact down. Ask them to change it, or somebody who may correct customers.',
  },
});
