import { area } from './entry.ts';

export const platform = area({
  VIN_INTERNAL: {
    status: 500,
    es: 'Algo ha fallado por nuestra parte y no se ha guardado nada de esta petición. Vuelve a intentarlo; si se repite, busca {{reference}} en el registro del servidor.',
    en: 'Something failed on our side and nothing of this request was kept. Try again; if it happens again, look for {{reference}} in the server log.',
  },
  VIN_CONFIG_INVALID: {
    status: 500,
    es: 'La configuración tiene errores: {{problems}}. Corrígelos y vuelve a arrancar.',
    en: 'The configuration has mistakes: {{problems}}. Correct them and start again.',
  },
  VIN_REQUEST_INVALID: {
    status: 400,
    es: 'La petición no es válida: {{detail}}. No se ha cambiado nada. Corrige los campos señalados y vuelve a enviarla.',
    en: 'The request is not valid: {{detail}}. Nothing was changed. Correct the fields shown and send it again.',
  },
  VIN_REQUEST_ADDRESS: {
    status: 404,
    es: 'No hay nada en esta dirección: «{{part}}» no identifica nada. Puede que el enlace esté mal copiado. Búscalo en su lista.',
    en: 'There is nothing at this address: "{{part}}" identifies nothing. The link may have been copied badly. Look for it in its list.',
  },
  VIN_REQUEST_CURSOR: {
    status: 400,
    es: 'El cursor de página no es de esta lista. Empieza otra vez por la primera página.',
    en: 'The page cursor is not one of this list. Start again from the first page.',
  },
  VIN_REQUEST_TOO_LARGE: {
    status: 413,
    es: 'La petición pesa más de {{limit}}. No se ha guardado nada. Divídela o súbela como archivo.',
    en: 'The request is larger than {{limit}}. Nothing was kept. Split it or upload it as a file.',
  },
  VIN_REQUEST_TOO_MANY: {
    status: 429,
    es: 'Demasiadas peticiones seguidas. Espera {{seconds}} segundos y continúa.',
    en: 'Too many requests in a row. Wait {{seconds}} seconds and go on.',
  },
  VIN_IDEMPOTENCY_REUSED: {
    status: 422,
    es: 'Esta Idempotency-Key ya se usó con un contenido distinto. Usa una clave nueva para una petición nueva.',
    en: 'This Idempotency-Key was already used with different content. Use a new key for a new request.',
  },
  VIN_IDEMPOTENCY_RUNNING: {
    status: 409,
    es: 'La primera petición con esta Idempotency-Key todavía está en curso. Espera un momento y repítela.',
    en: 'The first request with this Idempotency-Key is still running. Wait a moment and repeat it.',
  },
  VIN_SERVER_STOPPING: {
    status: 503,
    es: 'El servidor se está deteniendo. Lo guardado hasta ahora queda guardado; repite la petición en unos segundos.',
    en: 'The server is stopping. What was saved stays saved; repeat the request in a few seconds.',
  },
  VIN_DATA_FOLDER_BUSY: {
    status: 503,
    es: 'El servidor con pid {{pid}} ya usa la carpeta de datos {{folder}}. Detenlo, o da otra carpeta con VINCULO_DATA_FOLDER.',
    en: 'The server with pid {{pid}} already uses the data folder {{folder}}. Stop it, or give another folder with VINCULO_DATA_FOLDER.',
  },
  VIN_POSTGRES_UNAVAILABLE: {
    status: 503,
    es: 'PostgreSQL no responde: {{reason}}. Lo ya guardado sigue ahí. Comprueba el servicio y vuelve a intentarlo.',
    en: 'PostgreSQL does not answer: {{reason}}. What was saved is still there. Check the service and try again.',
  },
  VIN_POSTGRES_VERSION: {
    status: 500,
    es: 'DATABASE_URL lleva a PostgreSQL {{version}} y hace falta la 15 o posterior. Actualízalo o quita la variable para usar el incluido.',
    en: 'DATABASE_URL leads to PostgreSQL {{version}} and 15 or newer is needed. Upgrade it, or remove the variable to use the embedded one.',
  },
  VIN_POSTGRES_EMBEDDED: {
    status: 500,
    es: 'El PostgreSQL incluido no arranca: {{reason}}. Los datos siguen en {{folder}}. Mira {{log}} o usa tu propio servidor con DATABASE_URL.',
    en: 'The embedded PostgreSQL does not start: {{reason}}. The data is still in {{folder}}. Read {{log}} or use a server of your own with DATABASE_URL.',
  },
  VIN_WAREHOUSE_UNAVAILABLE: {
    status: 503,
    es: 'El almacén analítico no responde: {{reason}}. Lo ya guardado sigue ahí. Vuelve a intentarlo.',
    en: 'The warehouse does not answer: {{reason}}. What was saved is still there. Try again.',
  },
  VIN_WAREHOUSE_MEMORY: {
    status: 507,
    es: 'La consulta necesita más memoria que los {{limit}} MiB permitidos. Acota el periodo o sube VINCULO_WAREHOUSE_MEMORY_MB.',
    en: 'The query needs more memory than the {{limit}} MiB allowed. Narrow the period or raise VINCULO_WAREHOUSE_MEMORY_MB.',
  },
  VIN_MIGRATION_CHANGED: {
    status: 500,
    es: 'La migración {{name}} se aplicó con otro contenido del que tiene ahora. No se ha cambiado nada. Devuelve el archivo a su texto y escribe una migración nueva.',
    en: 'The migration {{name}} was applied with a different content from the one it has now. Nothing was changed. Put the file back and write a new migration.',
  },
  VIN_MIGRATION_UNKNOWN: {
    status: 500,
    es: 'La base de datos tiene la migración {{name}}, que esta versión no conoce: la usó una versión más nueva. No se ha cambiado nada. Arranca la versión más nueva.',
    en: 'The database has the migration {{name}}, which this version does not know: a newer version used it. Nothing was changed. Start the newer version.',
  },
  VIN_MIGRATION_ORDER: {
    status: 500,
    es: 'La migración {{name}} va antes de otra ya aplicada ({{after}}). No se ha cambiado nada. Dale el número siguiente al último.',
    en: 'The migration {{name}} comes before one already applied ({{after}}). Nothing was changed. Give it the number after the last.',
  },
  VIN_MIGRATION_FAILED: {
    status: 500,
    es: 'La migración {{name}} ha fallado: {{reason}}. Las anteriores quedan aplicadas; corrígela y vuelve a arrancar.',
    en: 'The migration {{name}} failed: {{reason}}. Those before it stay applied; correct it and start again.',
  },
  VIN_JOB_UNKNOWN: {
    status: 500,
    es: 'Ningún proceso sabe hacer la tarea «{{name}}». No se ha puesto en cola.',
    en: 'No process knows how to do the job "{{name}}". It was not queued.',
  },
  VIN_JOB_FINISHED: {
    status: 409,
    es: 'La tarea ya ha terminado ({{state}}), así que no se puede cancelar.',
    en: 'The job has already ended ({{state}}), so it cannot be cancelled.',
  },
  VIN_JOB_NOT_FAILED: {
    status: 409,
    es: 'Solo se repite una tarea fallida o cancelada, y esta está «{{state}}».',
    en: 'Only a failed or cancelled job can be repeated, and this one is "{{state}}".',
  },
  VIN_JOB_CANCELLED: {
    status: 409,
    es: 'La tarea se canceló. Lo que hizo antes de parar queda como ella lo cuenta.',
    en: 'The job was cancelled. What it did before stopping stays as it reports.',
  },
  VIN_JOB_FAILED: {
    status: 500,
    es: 'La tarea ha fallado por un error inesperado. Repítela; si vuelve a fallar, busca su identificador en el registro del servidor.',
    en: 'The job failed with an unexpected error. Repeat it; if it fails again, look for its id in the server log.',
  },
  VIN_JOB_TIMEOUT: {
    status: 504,
    es: 'La tarea sigue en curso después de {{seconds}} segundos. Sigue trabajando: mírala en Tareas.',
    en: 'The job is still running after {{seconds}} seconds. It goes on working: see it in Jobs.',
  },
});
