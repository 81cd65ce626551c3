import { area } from './entry.ts';

export const imports = area({
  VIN_IMPORT_FORMAT: {
    status: 422,
    es: 'No reconocemos el formato de «{{file}}». Sube CSV, XLSX, JSON por líneas o Parquet, también comprimidos con gzip.',
    en: 'We do not recognise the format of "{{file}}". Upload CSV, XLSX, JSON lines or Parquet, gzip of each too.',
  },
  VIN_IMPORT_EMPTY: {
    status: 422,
    es: '«{{file}}» no tiene ninguna fila. Comprueba el archivo y súbelo otra vez.',
    en: '"{{file}}" has no rows. Check the file and upload it again.',
  },
  VIN_IMPORT_UNREADABLE: {
    status: 422,
    es: 'No se puede leer «{{file}}»: {{reason}}. No se ha cargado nada. Vuelve a exportarlo y súbelo otra vez.',
    en: '"{{file}}" cannot be read: {{reason}}. Nothing was loaded. Export it again and upload it once more.',
  },
  VIN_IMPORT_DAMAGED: {
    status: 422,
    es: '«{{file}}» está dañado, incompleto o protegido con contraseña. No se ha cargado nada. Vuelve a exportarlo y súbelo otra vez.',
    en: '"{{file}}" is damaged, incomplete or locked with a password. Nothing was loaded. Export it again and upload it once more.',
  },
  VIN_IMPORT_MAPPING: {
    status: 422,
    es: 'La correspondencia de columnas no sirve: {{reason}}. Corrígela en el asistente.',
    en: 'The column mapping does not work: {{reason}}. Correct it in the wizard.',
  },
  VIN_IMPORT_KEY_MISSING: {
    status: 422,
    es: 'Falta decir qué columna identifica cada fila en la fuente. Elígela en el asistente.',
    en: 'It is not said which column identifies each row in the source. Choose it in the wizard.',
  },
  VIN_IMPORT_RUNNING: {
    status: 409,
    es: 'Ya hay una importación en curso para esta fuente. Espera a que termine o cancélala.',
    en: 'An import is already running for this source. Wait until it ends or cancel it.',
  },
  VIN_IMPORT_CANCELLED: {
    status: 409,
    es: 'Alguien canceló la importación de «{{file}}». No se ha guardado nada de ella.',
    en: 'Somebody cancelled the import of "{{file}}". Nothing of it was kept.',
  },
  VIN_IMPORT_FILE_MISSING: {
    status: 422,
    es: 'No encontramos el archivo {{file}}. Comprueba la ruta y vuelve a intentarlo.',
    en: 'We cannot find the file {{file}}. Check the path and try again.',
  },
});
