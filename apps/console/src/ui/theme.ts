import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, rem } from '@mantine/core';

const accent: MantineColorsTuple = [
  '#eef1fd',
  '#d9dff6',
  '#b4c0f0',
  '#93a5ea',
  '#8196ea',
  '#5a72e0',
  '#3f5bd9',
  '#314cc1',
  '#2b45b0',
  '#1d3998',
];

const dark: MantineColorsTuple = [
  '#dde0e6',
  '#bcc1cb',
  '#9aa1ae',
  '#7e8696',
  '#3d434f',
  '#2d323c',
  '#22262f',
  '#191c23',
  '#13161b',
  '#0d0f13',
];

/** The system's own text face; nothing is fetched. */
export const FONT = "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', Ubuntu, Cantarell, 'Helvetica Neue', Arial, sans-serif";

/** Four sizes and no others: small 12, text 14, title 18, figure 28. Spacing on a grid of 4. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 6 },
  colors: { accent, dark },
  fontFamily: FONT,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace",
  fontSizes: { xs: rem(12), sm: rem(14), md: rem(14), lg: rem(18), xl: rem(28) },
  lineHeights: { xs: '1.34', sm: '1.43', md: '1.43', lg: '1.34', xl: '1.15' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: rem(18), lineHeight: '1.34' },
      h2: { fontSize: rem(14), lineHeight: '1.43' },
      h3: { fontSize: rem(14), lineHeight: '1.43' },
      h4: { fontSize: rem(12), lineHeight: '1.34' },
      h5: { fontSize: rem(12), lineHeight: '1.34' },
      h6: { fontSize: rem(12), lineHeight: '1.34' },
    },
  },
  spacing: { xs: rem(4), sm: rem(8), md: rem(12), lg: rem(16), xl: rem(24) },
  radius: { xs: rem(4), sm: rem(6), md: rem(8), lg: rem(12), xl: rem(20) },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { styles: { label: { fontWeight: 500 } } },
    Avatar: { defaultProps: { color: 'accent', variant: 'filled' } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 250, events: { hover: true, focus: true, touch: true } } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4 } }, styles: { title: { fontWeight: 600 } } },
    Popover: { defaultProps: { withArrow: true, shadow: 'md' } },
    // Without the placeholder the keyboard is on the first item at once, and a menu holds nothing but items.
    Menu: { defaultProps: { shadow: 'md', withArrow: false, withInitialFocusPlaceholder: false } },
    Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm' } },
    Select: { defaultProps: { allowDeselect: false, checkIconPosition: 'right' } },
    Badge: { defaultProps: { variant: 'light', radius: 'xs', tt: 'none', fw: 500 } },
    Tabs: { defaultProps: { keepMounted: false } },
    Anchor: { defaultProps: { underline: 'hover' } },
  },
});

/** Our own variables: surfaces, lines, and the two colours with a meaning. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5b6370',
    '--mantine-color-placeholder': '#6b7280',
    '--mantine-color-anchor': '#3b55cf',
    '--mantine-color-error': '#b3261e',
    '--v-ground': '#f6f7f9',
    '--v-surface': '#ffffff',
    '--v-raised': '#ffffff',
    '--v-line': '#e1e4ea',
    '--v-line-strong': '#c8cdd6',
    '--v-hover': '#f0f2f7',
    '--v-selected': '#e8ecfb',
    '--v-accent': '#3f5bd9',
    '--v-accent-text': '#2f4bc4',
    '--v-better': '#0b7552',
    '--v-better-soft': '#e0f3ea',
    '--v-worse': '#b3261e',
    '--v-worse-soft': '#fbe7e5',
    '--v-caution': '#8a5a00',
    '--v-caution-soft': '#fbf0d9',
  },
  dark: {
    '--mantine-color-dimmed': '#9aa1ae',
    '--mantine-color-placeholder': '#8b93a1',
    '--mantine-color-anchor': '#9bb0ff',
    '--mantine-color-error': '#ff9a8f',
    '--v-ground': '#13161b',
    '--v-surface': '#191c23',
    '--v-raised': '#22262f',
    '--v-line': '#2d323c',
    '--v-line-strong': '#464d5a',
    '--v-hover': '#22262f',
    '--v-selected': '#252e4f',
    '--v-accent': '#6f88ee',
    '--v-accent-text': '#9bb0ff',
    '--v-better': '#4fcf9d',
    '--v-better-soft': '#12352a',
    '--v-worse': '#ff9a8f',
    '--v-worse-soft': '#43201d',
    '--v-caution': '#e9b44c',
    '--v-caution-soft': '#3a2e14',
  },
});
