import { area } from './entry.ts';

export const connection = area({
  VIN_CONNECTION_SEALED: {
    status: 409,
    es: 'No se puede abrir la contraseña guardada: se guardó con otro VINCULO_SECRET. Vuelve a escribirla en la conexión.',
    en: 'The kept password cannot be opened: it was kept under another VINCULO_SECRET. Type it again in the connection.',
  },
});
