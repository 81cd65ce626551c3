import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './base.css';
import { MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { cssVariables, theme } from './theme.ts';

export function UiProvider({ children }: { children: ReactNode }) {
  const { language } = useTranslation().i18n;
  // A number to type is written as the numbers beside it are.
  const spoken = useMemo(
    () =>
      mergeThemeOverrides(theme, { components: { NumberInput: { defaultProps: { decimalSeparator: language === 'en' ? '.' : ',' } } } }),
    [language],
  );
  return (
    <MantineProvider theme={spoken} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="bottom-right" limit={4} />
      {children}
    </MantineProvider>
  );
}
