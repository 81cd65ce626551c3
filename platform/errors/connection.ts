import { area } from './entry.ts';

export const connection = area({
  VIN_CONNECTION_SEALED: {
    status: 409,
    es: 'No se puede abrir la contraseña guardada: se guardó con otro VINCULO_SECRET. Vuelve a escribirla en la conexión.',
    en: 'The kept password cannot be opened: it was kept under another VINCULO_SECRET. Type it again in the connection.',
  },
  VIN_CONNECTION_UNREACHABLE: {
    status: 422,
    es: 'No se llega a {{host}}: {{reason}}. Comprueba el servidor, el puerto y el cortafuegos. No se ha perdido nada: se volverá a intentar.',
    en: '{{host}} cannot be reached: {{reason}}. Check the server, the port and the firewall. Nothing is lost: it will be tried again.',
  },
  VIN_CONNECTION_ADDRESS: {
    status: 422,
    es: '{{host}} lleva a una red reservada, donde no hay datos de clientes. Comprueba la dirección.',
    en: '{{host}} leads into a reserved network, where no data of customers are. Check the address.',
  },
  VIN_CONNECTION_DENIED: {
    status: 422,
    es: '{{host}} no acepta el usuario o la contraseña. Escríbelos de nuevo en la conexión.',
    en: '{{host}} does not accept the user or the password. Type them again in the connection.',
  },
  VIN_CONNECTION_DATABASE: {
    status: 422,
    es: 'En {{host}} no hay ninguna base de datos «{{database}}». Comprueba el nombre.',
    en: 'There is no database "{{database}}" at {{host}}. Check the name.',
  },
  VIN_CONNECTION_SLOW: {
    status: 422,
    es: '{{host}} tarda demasiado en responder. Comprueba que está en marcha; si la consulta es pesada, pon un índice en la columna de avance.',
    en: '{{host}} takes too long to answer. Check that it is up; if the query is heavy, put an index on the cursor column.',
  },
  VIN_CONNECTION_TLS: {
    status: 422,
    es: 'La conexión cifrada con {{host}} no es de fiar: {{reason}}. Instala un certificado válido o elige «Cifrada sin comprobar» si la red es tuya.',
    en: 'The encrypted connection to {{host}} cannot be trusted: {{reason}}. Install a valid certificate, or choose "Encrypted, unchecked" if the network is yours.',
  },
  VIN_CONNECTION_QUERY: {
    status: 422,
    es: 'La base de datos no pudo con la consulta: {{reason}}. Corrige la consulta y pruébala.',
    en: 'The database could not run the query: {{reason}}. Correct the query and test it.',
  },
  VIN_CONNECTION_FILES: {
    status: 422,
    es: 'No se puede leer la carpeta {{folder}}: {{reason}}. Comprueba los permisos.',
    en: 'The folder {{folder}} cannot be read: {{reason}}. Check its permissions.',
  },
  VIN_CONNECTION_FOLDER: {
    status: 422,
    es: 'De {{folder}} no se pueden tomar archivos. Se puede de {{allowed}}; quien administra el servidor añade otras en VINCULO_PULL_FOLDERS.',
    en: 'No files may be taken from {{folder}}. They may be from {{allowed}}; whoever runs the server adds others in VINCULO_PULL_FOLDERS.',
  },
  VIN_CONNECTION_FOLDER_MISSING: {
    status: 422,
    es: 'No existe la carpeta {{folder}}, o este usuario no la puede ver. Créala o corrige la ruta.',
    en: 'There is no folder {{folder}}, or this user cannot see it. Make it or correct the path.',
  },
  VIN_CONNECTION_NO_FILES: {
    status: 422,
    es: 'En {{folder}} no hay ningún archivo que encaje con «{{pattern}}». Deja uno de muestra o cambia el patrón.',
    en: 'No file in {{folder}} fits "{{pattern}}". Leave a sample there or change the pattern.',
  },
  VIN_CONNECTION_EMPTY: {
    status: 422,
    es: 'No ha venido ninguna fila, así que no se sabe qué trae cada columna. Comprueba la consulta o la dirección.',
    en: 'No row came, so it is not known what each column holds. Check the query or the address.',
  },
  VIN_CONNECTION_HOST_KEY: {
    status: 422,
    es: '{{host}} enseña otra clave de servidor ({{shown}}). No se ha enviado la contraseña. Si el cambio es tuyo, prueba y guarda la conexión otra vez.',
    en: '{{host}} shows another server key ({{shown}}). The password was not sent. If the change is yours, test and save the connection again.',
  },
  VIN_CONNECTION_HTTP_STATUS: {
    status: 422,
    es: '{{host}} responde con el código {{status}}. Comprueba la dirección y las claves de acceso.',
    en: '{{host}} answers with the code {{status}}. Check the address and the access keys.',
  },
  VIN_CONNECTION_HTTP_SHAPE: {
    status: 422,
    es: 'La respuesta no se puede leer: {{reason}}. Comprueba la dirección y dónde están las filas.',
    en: 'The answer cannot be read: {{reason}}. Check the address and where the rows are.',
  },
  VIN_CONNECTION_REDIRECT: {
    status: 422,
    es: 'La dirección lleva a otro servidor ({{host}}), y allí no se mandan tus claves. Pon esa dirección en la conexión si es la buena.',
    en: 'The address leads to another server ({{host}}), where your keys are not sent. Put that address into the connection if it is the right one.',
  },
  VIN_CONNECTION_COLUMN_GONE: {
    status: 422,
    es: 'Ya no está la columna {{columns}}, que se importaba. No se ha cargado nada y no se salta nada. Revisa las columnas de la conexión.',
    en: 'The column {{columns}}, which was imported, is gone. Nothing was loaded and nothing is skipped. Look at the columns of the connection.',
  },
  VIN_CONNECTION_CURSOR: {
    status: 422,
    es: 'La columna de avance «{{column}}» no está en lo que se lee, o no es de las que crecen. Elige una fecha de cambio o un número de orden.',
    en: 'The cursor column "{{column}}" is not in what is read, or does not grow. Choose a date of change or a serial number.',
  },
  VIN_CONNECTION_CURSOR_VALUE: {
    status: 422,
    es: 'En la columna de avance «{{column}}» hay un valor que no sirve: «{{value}}». Corrígelo en el origen o elige otra columna.',
    en: 'The cursor column "{{column}}" holds a value that will not do: "{{value}}". Correct it where it comes from, or choose another column.',
  },
  VIN_CONNECTION_SCHEDULE: {
    status: 422,
    es: 'El horario «{{cron}}» no se entiende. Son cinco partes: minuto, hora, día, mes y día de la semana. Por ejemplo: 30 6 * * 1-5.',
    en: 'The schedule "{{cron}}" is not understood. It has five parts: minute, hour, day, month and weekday. For example: 30 6 * * 1-5.',
  },
  VIN_CONNECTION_RUNNING: {
    status: 409,
    es: '«{{name}}» está trayendo datos ahora mismo. Espera a que termine o cancela la tarea.',
    en: '"{{name}}" is bringing data right now. Wait until it ends or cancel the job.',
  },
});
