import { area } from './entry.ts';

export const webhook = area({
  VIN_WEBHOOK_URL: {
    status: 422,
    es: 'Eso no es una dirección web. Escríbela entera, con https:// delante.',
    en: 'That is not a web address. Write all of it, with https:// in front.',
  },
  VIN_WEBHOOK_URL_SECRET: {
    status: 422,
    es: 'La dirección lleva un usuario o una contraseña dentro. Quítalos y ponlos en una cabecera, donde se guardan cifrados.',
    en: 'The address has a user or a password in it. Take them out and put them into a header, where they are kept encrypted.',
  },
  VIN_WEBHOOK_PRIVATE: {
    status: 422,
    es: '«{{host}}» está en tu red interna. Si es un sistema tuyo, marca «Está en nuestra red» y vuelve a guardar.',
    en: '"{{host}}" is in your own network. If it is a system of yours, tick "It is in our network" and save again.',
  },
  VIN_WEBHOOK_EVENT: {
    status: 422,
    es: 'No hay ningún aviso que se llame «{{event}}». Elige entre los de la lista.',
    en: 'There is no event called "{{event}}". Choose one of the list.',
  },
  VIN_WEBHOOK_HEADER: {
    status: 422,
    es: 'La cabecera «{{header}}» no se puede usar: el nombre no vale o la pone Vínculo. Cámbiala o quítala.',
    en: 'The header "{{header}}" cannot be used: the name is not valid or Vínculo sets it. Change it or remove it.',
  },
  VIN_HOOK_UNKNOWN: {
    status: 404,
    es: 'Esta dirección no recibe nada. Copia otra vez la del webhook de entrada.',
    en: 'Nothing is received at this address. Copy the one of the incoming webhook again.',
  },
  VIN_HOOK_SIGNATURE: {
    status: 401,
    es: 'La firma no es válida: {{detail}}. Comprueba que el secreto es el mismo en los dos sitios.',
    en: 'The signature is not valid: {{detail}}. Check that the secret is the same on both sides.',
  },
  VIN_HOOK_BODY: {
    status: 400,
    es: 'El mensaje no es JSON: {{detail}}. No se ha guardado nada.',
    en: 'The message is not JSON: {{detail}}. Nothing was kept.',
  },
  VIN_HOOK_PAUSED: {
    status: 503,
    es: 'Este webhook de entrada está en pausa. Vuelve a enviarlo más tarde.',
    en: 'This incoming webhook is paused. Send it again later.',
  },
  VIN_HOOK_FULL: {
    status: 429,
    es: 'Hay demasiados mensajes en espera. Vuelve a enviarlo dentro de {{seconds}} segundos.',
    en: 'Too many messages are waiting. Send it again in {{seconds}} seconds.',
  },
  VIN_HOOK_MAPPING: {
    status: 422,
    es: 'La correspondencia no se entiende: {{detail}}.',
    en: 'The mapping cannot be understood: {{detail}}.',
  },
  VIN_HAND_BACK_FIELDS: {
    status: 403,
    es: 'Para entregar {{fields}} hace falta el permiso «{{permission}}». Pide a alguien que lo tenga que configure la entrega, o quita esos campos.',
    en: 'Handing back {{fields}} needs the permission "{{permission}}". Ask somebody who has it to set up the hand-back, or take those fields out.',
  },
  VIN_HAND_BACK_TARGET: {
    status: 422,
    es: 'No se puede escribir en el destino: {{detail}}. No se ha cambiado nada allí.',
    en: 'The target cannot be written to: {{detail}}. Nothing was changed there.',
  },
  VIN_HAND_BACK_FOLDER: {
    status: 422,
    es: 'La carpeta tiene que estar dentro de «{{root}}» o ser una ruta completa que exista.',
    en: 'The folder has to be inside "{{root}}" or be a whole path that exists.',
  },
  VIN_HAND_BACK_LIST: {
    status: 422,
    es: 'El segmento de esta entrega ya no existe. Elige otro.',
    en: 'The segment of this hand-back no longer exists. Choose another.',
  },
});
