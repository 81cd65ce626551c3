import { area } from './entry.ts';

export const channelMail = area({
  VIN_LETTER_FILE: {
    status: 422,
    es: '«{{file}}» no es un PDF ni una imagen JPEG, PNG o TIFF. No se ha guardado. Escanéalo en uno de esos formatos.',
    en: '"{{file}}" is no PDF and no JPEG, PNG or TIFF image. It was not kept. Scan it in one of those formats.',
  },
  VIN_LETTER_FILE_LARGE: {
    status: 413,
    es: '«{{file}}» pasa de {{most}} MB. No se ha guardado. Escanéalo con menos resolución o en varias partes.',
    en: '"{{file}}" is larger than {{most}} MB. It was not kept. Scan it with a lower resolution or in several parts.',
  },
  VIN_LETTER_MAIL: {
    status: 409,
    es: 'Un correo no se corrige: queda como llegó. Añade una nota al cliente si quieres aclarar algo.',
    en: 'A mail is not corrected: it stays as it came. Add a note to the customer to explain something.',
  },
  VIN_LETTER_DOMAIN: {
    status: 409,
    es: 'En {{domain}} tiene correo cualquiera. Aparta solo esa dirección.',
    en: 'Anybody may have an address at {{domain}}. Set that address alone aside.',
  },
  VIN_MAILBOX_REFUSED: {
    status: 422,
    es: 'El servidor {{host}} no acepta el usuario o la contraseña. Si la cuenta usa verificación en dos pasos, crea una contraseña de aplicación y escríbela aquí. {{detail}}',
    en: 'The server {{host}} does not accept the user or the password. If the account uses two-step verification, make an app password and type it here. {{detail}}',
  },
  VIN_MAILBOX_UNREACHABLE: {
    status: 422,
    es: 'No se llega a {{host}}, puerto {{port}}. Comprueba el nombre, el puerto y el cortafuegos. {{detail}}',
    en: '{{host}}, port {{port}}, cannot be reached. Check the name, the port and the firewall. {{detail}}',
  },
  VIN_MAILBOX_SECURITY: {
    status: 422,
    es: 'Con {{host}}, puerto {{port}}, no se puede hablar así. El puerto 993 suele ser TLS y el 143, STARTTLS. {{detail}}',
    en: '{{host}}, port {{port}}, does not speak like that. Port 993 is usually TLS and 143 STARTTLS. {{detail}}',
  },
  VIN_MAILBOX_CERTIFICATE: {
    status: 422,
    es: 'El certificado de {{host}} no es de confianza. Si el servidor es tuyo, pega aquí su certificado. {{detail}}',
    en: 'The certificate of {{host}} is not trusted. If the server is yours, paste its certificate here. {{detail}}',
  },
  VIN_MAILBOX_FOLDER: {
    status: 422,
    es: 'El buzón no tiene la carpeta «{{folder}}». Elige una de la lista.',
    en: 'The mailbox has no folder "{{folder}}". Choose one of the list.',
  },
  VIN_MAILBOX_BROKEN: {
    status: 502,
    es: 'El servidor {{host}} ha cortado o ha contestado algo que no se entiende. Se volverá a intentar solo. {{detail}}',
    en: 'The server {{host}} broke off or answered something that cannot be understood. It is tried again by itself. {{detail}}',
  },
});
