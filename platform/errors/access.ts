import { area } from './entry.ts';

export const access = area({
  VIN_ACCESS_SIGN_IN: {
    status: 401,
    es: 'Hay que iniciar sesión para ver esto. Inicia sesión y vuelve a intentarlo.',
    en: 'You have to sign in to see this. Sign in and try again.',
  },
  VIN_ACCESS_DENIED: {
    status: 403,
    es: 'Tu rol no permite «{{permission}}». Pide a quien administra que te lo conceda.',
    en: 'Your role does not allow "{{permission}}". Ask an administrator to grant it.',
  },
  VIN_ACCESS_CREDENTIALS: {
    status: 401,
    es: 'El correo o la contraseña no son correctos. Vuelve a escribirlos o restablece la contraseña.',
    en: 'The e-mail or the password is not right. Type them again or reset the password.',
  },
  VIN_ACCESS_API_KEY: {
    status: 401,
    es: 'La clave de API no existe, ha caducado o se ha revocado. Crea otra en Ajustes.',
    en: 'The API key does not exist, has expired or was revoked. Make another in Settings.',
  },
  VIN_ACCESS_SETUP_DONE: {
    status: 409,
    es: 'La instalación ya tiene dueño. Inicia sesión o pide una invitación.',
    en: 'This installation already has an owner. Sign in or ask for an invitation.',
  },
  VIN_ACCESS_SETUP_NEEDED: {
    status: 409,
    es: 'Todavía no hay ninguna cuenta. Crea primero la del dueño.',
    en: 'There is no account yet. Create the owner first.',
  },
  VIN_ACCESS_INVITATION_EXPIRED: {
    status: 410,
    es: 'La invitación ha caducado o ya se usó. Pide otra a quien te invitó.',
    en: 'The invitation has expired or was already used. Ask the person who invited you for another.',
  },
  VIN_ACCESS_LAST_OWNER: {
    status: 409,
    es: 'Es la única persona con el rol de dueño y alguien tiene que tenerlo. Nombra antes a otra.',
    en: 'This is the only owner and there has to be one. Name another first.',
  },
  VIN_ACCESS_ROLE_UNKNOWN: {
    status: 422,
    es: 'El rol «{{role}}» no existe. Elige uno de: {{roles}}.',
    en: 'The role "{{role}}" does not exist. Choose one of: {{roles}}.',
  },
  VIN_ACCESS_ORIGIN: {
    status: 403,
    es: 'La petición viene de {{origin}}, que no es esta aplicación. Ábrela desde {{expected}} o corrige VINCULO_PUBLIC_URL.',
    en: 'The request comes from {{origin}}, which is not this application. Open it from {{expected}} or correct VINCULO_PUBLIC_URL.',
  },
});
