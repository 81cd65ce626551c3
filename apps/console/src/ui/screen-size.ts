import { useMediaQuery } from '@mantine/hooks';

/** Whether the screen is a telephone's: tables become cards and the rail a bar. */
export const usePhone = (): boolean => useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false }) ?? false;
