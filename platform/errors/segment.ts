import { area } from './entry.ts';

export const segment = area({
  VIN_SEGMENT_RULE: {
    status: 422,
    es: 'Esta condición no se entiende: {{detail}}. No se ha guardado nada. Revísala y vuelve a intentarlo.',
    en: 'This condition cannot be understood: {{detail}}. Nothing was saved. Check it and try again.',
  },
  VIN_SEGMENT_CYCLE: {
    status: 422,
    es: 'Un segmento no puede depender de sí mismo: {{detail}}. Quita esa condición.',
    en: 'A segment cannot depend on itself: {{detail}}. Remove that condition.',
  },
  VIN_SEGMENT_KIND: {
    status: 409,
    es: 'Eso no se puede hacer con este tipo de segmento. {{detail}}',
    en: 'That cannot be done with this kind of segment. {{detail}}',
  },
  VIN_SEGMENT_IN_USE: {
    status: 409,
    es: 'Otros segmentos dependen de este: {{detail}}. Cámbialos antes de archivarlo.',
    en: 'Other segments depend on this one: {{detail}}. Change them before you archive it.',
  },
  VIN_SEGMENT_PROSPECT_CONVERTED: {
    status: 409,
    es: 'Esta persona ya es cliente. Ábrela desde la lista.',
    en: 'This person is a customer already. Open them from the list.',
  },
});
