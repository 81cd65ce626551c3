import { area } from './entry.ts';

export const lifeCycle = area({
  VIN_LIFECYCLE_STAGE_ORDER: {
    status: 422,
    es: 'El silencio de «en riesgo» debe ser menor que el de «inactivo», y este menor que el de «perdido». No se ha guardado nada.',
    en: 'The silence of “at risk” must be shorter than that of “inactive”, and that one shorter than that of “lost”. Nothing was saved.',
  },
  VIN_LIFECYCLE_NOT_COMPUTED: {
    status: 409,
    es: 'El ciclo de vida aún no se ha calculado. Carga compras y vuelve a calcular el valor.',
    en: 'The life cycle has not been computed yet. Load purchases and compute the value again.',
  },
});
