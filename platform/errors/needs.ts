import { area } from './entry.ts';

export const needs = area({
  VIN_NEEDS_FEW: {
    status: 422,
    es: 'Aún hay pocos clientes con tres compras o más para formar grupos. Los grupos de antes siguen igual. Carga más compras y vuelve a buscar.',
    en: 'There are still too few customers with three purchases or more to form groups. The former groups stay as they were. Load more purchases and look again.',
  },
});
