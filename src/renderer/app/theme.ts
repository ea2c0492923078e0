/** The look: verdigris (the patina of old seals) over ink and paper; every colour that a screen names is here. */
import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from '@mantine/core';

const verdigris: MantineColorsTuple = [
  '#e9f7f4',
  '#d0ede7',
  '#a3dcd2',
  '#73c9bc',
  '#49b3a5',
  '#279b8d',
  '#12857a',
  '#0b6f67',
  '#0a5a54',
  '#084641',
];
const gray: MantineColorsTuple = [
  '#f7f9f9',
  '#eff2f2',
  '#e4e8e9',
  '#d4dadc',
  '#b8c1c4',
  '#87939a',
  '#5a666d',
  '#414c53',
  '#283137',
  '#161c20',
];
const dark: MantineColorsTuple = [
  '#e2e7e9',
  '#b9c2c7',
  '#9ba7ae',
  '#6d7980',
  '#343d43',
  '#262e33',
  '#1b2125',
  '#14191c',
  '#0f1315',
  '#0a0d0f',
];

const sans = "'Inter Variable', -apple-system, 'Segoe UI', system-ui, sans-serif";
const mono = "'JetBrains Mono Variable', ui-monospace, 'SF Mono', Consolas, monospace";

/** What destroys is red, and its label white: the shades that Mantine would take are too light for that. */
const destructive = {
  background: 'var(--mantine-color-red-9)',
  hover: 'color-mix(in srgb, var(--mantine-color-red-9) 85%, black)',
  color: 'var(--mantine-color-white)',
  border: '1px solid transparent',
};

/** Notices take the tones of badges, which reach 4.5:1 in both lights; Mantine's own do not. */
const notices: Readonly<Record<string, 'bad' | 'warn' | 'good' | 'info'>> = {
  red: 'bad',
  yellow: 'warn',
  green: 'good',
  blue: 'info',
};

export const theme = createTheme({
  colors: { verdigris, gray, dark },
  primaryColor: 'verdigris',
  primaryShade: { light: 7, dark: 7 },
  black: '#161c20',
  fontFamily: sans,
  fontFamilyMonospace: mono,
  headings: {
    fontFamily: sans,
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.45' },
    },
  },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  radius: { xs: '3px', sm: '6px', md: '8px', lg: '12px', xl: '20px' },
  defaultRadius: 'sm',
  shadows: {
    xs: '0 1px 2px rgb(10 20 24 / 6%)',
    sm: '0 1px 3px rgb(10 20 24 / 8%)',
    md: '0 6px 20px rgb(10 20 24 / 10%)',
    lg: '0 14px 40px rgb(10 20 24 / 16%)',
    xl: '0 24px 64px rgb(10 20 24 / 22%)',
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver: (input) => {
    if (input.variant === 'filled' && input.color === 'red') return destructive;
    const tone = input.variant === 'light' ? notices[input.color ?? ''] : undefined;
    if (tone === undefined) return defaultVariantColorsResolver(input);
    const background = `var(--ch-${tone}-ground)`;
    return { background, hover: background, color: `var(--ch-${tone})`, border: '1px solid transparent' };
  },
  components: {
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'lg',
        padding: 'lg',
        overlayProps: { backgroundOpacity: 0.45 },
      },
      styles: {
        title: { fontSize: '1rem', fontWeight: 620 },
        content: { backgroundColor: 'var(--ch-raised)' },
        header: { backgroundColor: 'var(--ch-raised)' },
      },
    },
    Drawer: {
      styles: {
        title: { fontSize: '1rem', fontWeight: 620 },
        content: { backgroundColor: 'var(--ch-raised)' },
        header: { backgroundColor: 'var(--ch-raised)' },
      },
    },
    Fieldset: { styles: { root: { margin: 0, padding: 0, border: 0, minWidth: 0 } } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300, fz: 'xs' } },
    Card: {
      defaultProps: { withBorder: true, radius: 10, padding: 'lg' },
      styles: { root: { borderColor: 'var(--ch-line)', backgroundColor: 'var(--ch-raised)' } },
    },
    InputWrapper: {
      // A step above Mantine's: 11 px is too small to read.
      vars: () => ({
        description: { '--input-description-size': '0.75rem' },
        error: { '--input-error-size': '0.75rem' },
      }),
      styles: { label: { marginBottom: 4 }, description: { marginBottom: 2 } },
    },
    Skeleton: { defaultProps: { radius: 'sm' } },
    Select: { defaultProps: { checkIconPosition: 'right', allowDeselect: false, openOnFocus: false } },
    Menu: {
      // The placeholder is no menu item, so that assistive technology would meet a menu with a stranger in it.
      defaultProps: { shadow: 'md', position: 'bottom-end', withInitialFocusPlaceholder: false },
    },
    Anchor: { defaultProps: { underline: 'hover' } },
  },
});

/** Colours beside Mantine's own, by role; each pair reaches 4.5:1 on the ground that it stands on. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#58646b',
    '--mantine-color-placeholder': '#6b777e',
    '--mantine-color-error': '#c22a2a',
    '--mantine-color-default-border': '#d4dadc',
    '--mantine-color-anchor': '#0b6f67',
    '--ch-ground': '#f8faf9',
    '--ch-sidebar': '#f1f4f4',
    '--ch-raised': '#ffffff',
    '--ch-sunken': '#f3f6f6',
    '--ch-line': '#e4e8e9',
    '--ch-hover': '#f2f6f5',
    '--ch-selected': '#e3efed',
    '--ch-accent': '#0b6f67',
    '--ch-good': '#1b6b37',
    '--ch-good-ground': '#e4f4e9',
    '--ch-warn': '#8a4b04',
    '--ch-warn-ground': '#fdf0dc',
    '--ch-bad': '#b02121',
    '--ch-bad-ground': '#fde9e8',
    '--ch-quiet': '#4d585f',
    '--ch-quiet-ground': '#eceff0',
    '--ch-info': '#1d5796',
    '--ch-info-ground': '#e5f0fb',
  },
  dark: {
    '--mantine-color-dimmed': '#9ba7ae',
    '--mantine-color-placeholder': '#87939a',
    '--mantine-color-error': '#ff8a85',
    '--mantine-color-default-border': '#343d43',
    '--mantine-color-anchor': '#6fcabd',
    '--ch-ground': '#111518',
    '--ch-sidebar': '#0d1113',
    '--ch-raised': '#171c20',
    '--ch-sunken': '#0f1316',
    '--ch-line': '#283036',
    '--ch-hover': '#1d2429',
    '--ch-selected': '#16302e',
    '--ch-accent': '#6fcabd',
    '--ch-good': '#7fd39a',
    '--ch-good-ground': '#15301f',
    '--ch-warn': '#f2bd6b',
    '--ch-warn-ground': '#36270f',
    '--ch-bad': '#ff9a94',
    '--ch-bad-ground': '#3a1a1a',
    '--ch-quiet': '#b0bac0',
    '--ch-quiet-ground': '#262e33',
    '--ch-info': '#8dc0f5',
    '--ch-info-ground': '#152a40',
  },
});
