/** What can be missing or in conflict, as a noun with its article in each language. */
export const SUBJECTS = {
  customer: { es: 'el cliente', en: 'the customer' },
  source: { es: 'la fuente', en: 'the source' },
  source_record: { es: 'el registro de origen', en: 'the source record' },
  import: { es: 'la importación', en: 'the import' },
  upload: { es: 'el archivo subido', en: 'the uploaded file' },
  mapping: { es: 'la correspondencia de columnas', en: 'the column mapping' },
  relink: { es: 'el cambio de las reglas de unión', en: 'the change of the linking rules' },
  review_pair: { es: 'la pareja dudosa', en: 'the doubtful pair' },
  review_decision: { es: 'la decisión', en: 'the decision' },
  link: { es: 'el vínculo', en: 'the link' },
  note: { es: 'la nota', en: 'the note' },
  consent: { es: 'el consentimiento', en: 'the consent' },
  job: { es: 'la tarea', en: 'the job' },
  user: { es: 'la persona', en: 'the person' },
  invitation: { es: 'la invitación', en: 'the invitation' },
  role: { es: 'el rol', en: 'the role' },
  session: { es: 'la sesión', en: 'the session' },
  api_key: { es: 'la clave de API', en: 'the API key' },
  setting: { es: 'el ajuste', en: 'the setting' },
  view: { es: 'la vista guardada', en: 'the saved view' },
  export: { es: 'la exportación', en: 'the export' },
  segment: { es: 'el segmento', en: 'the segment' },
  route: { es: 'la dirección', en: 'the address' },
} as const;

export type Subject = keyof typeof SUBJECTS;
