import { area } from './entry.ts';

export const report = area({
  VIN_REPORT_PERIOD: {
    status: 400,
    es: 'El periodo acaba el {{to}}, antes de empezar el {{from}}. Elige un último día posterior al primero.',
    en: 'The period ends on {{to}}, before it begins on {{from}}. Choose a last day after the first.',
  },
});
