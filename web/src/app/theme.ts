import { createTheme, defaultVariantColorsResolver, type CSSVariablesResolver, type MantineColorsTuple, type MantineThemeComponents, type VariantColorsResolver } from '@mantine/core'

const ink: MantineColorsTuple = ['#FFFFFF', '#F1F3F6', '#E6E8EC', '#D3D7DE', '#9BA3B0', '#646C7A', '#4A5160', '#2A303A', '#1F242C', '#15181E']
const cobalt: MantineColorsTuple = ['#EEF2FE', '#DCE3FD', '#B7C3F6', '#8499EE', '#6380E6', '#4A68DC', '#3557D6', '#2A4BC8', '#223B9E', '#1A2E7C']
const danger: MantineColorsTuple = ['#FCEBF0', '#F9D3DD', '#F1B5C6', '#EA8CA6', '#E0607F', '#D13560', '#B3123E', '#980E34', '#7C0B2A', '#5F0820']
const dark: MantineColorsTuple = ['#ECEEF2', '#B4BAC5', '#949CAA', '#6C7482', '#353B45', '#24282F', '#1C2025', '#181B20', '#121418', '#0B0C0F']

/** Solid buttons are ink in light and paper in dark; the default resolver takes the text colour from the light shade only. */
const variantColorResolver: VariantColorsResolver = (input) =>
  input.variant === 'filled' && (!input.color || input.color === 'ink')
    ? { background: 'var(--ink)', hover: 'color-mix(in srgb, var(--ink) 86%, var(--sheet))', color: 'var(--on-ink)', border: '1px solid transparent' }
    : defaultVariantColorsResolver(input)

// Plain objects, not Button.extend(): importing the components here would pull all of them into the entry chunk.
const components: MantineThemeComponents = {
  Button: {
    defaultProps: { fw: 500 },
    vars: (_theme: unknown, props: { size?: string }) => ({
      root: props.size === 'compact-sm' ? { '--button-height': '26px', '--button-fz': '12px', '--button-padding-x': '9px' } : { '--button-height': '32px', '--button-fz': '13px', '--button-padding-x': '12px' },
    }),
  },
  ActionIcon: { defaultProps: { variant: 'subtle', size: 30 } },
  TextInput: { defaultProps: { size: 'sm' } },
  PasswordInput: { defaultProps: { size: 'sm' } },
  NumberInput: { defaultProps: { size: 'sm' } },
  Textarea: { defaultProps: { size: 'sm', autosize: true, minRows: 2 } },
  Select: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md', transitionProps: { duration: 90 } } } },
  MultiSelect: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md', transitionProps: { duration: 90 } } } },
  TagsInput: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md', transitionProps: { duration: 90 } } } },
  Tooltip: { defaultProps: { withArrow: false, openDelay: 250, events: { hover: true, focus: true, touch: false }, offset: 6 } },
  Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.36, blur: 2 }, transitionProps: { duration: 120, transition: 'fade-up' }, closeButtonProps: { 'aria-label': 'Close dialog' } } },
  Tabs: { defaultProps: { keepMounted: false } },
  SegmentedControl: { defaultProps: { size: 'xs' } },
  Menu: { defaultProps: { withInitialFocusPlaceholder: false, shadow: 'md', position: 'bottom-end', width: 220, transitionProps: { duration: 90 } } },
  Switch: { defaultProps: { color: 'cobalt.6', withThumbIndicator: false } },
}

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 9, dark: 1 },
  autoContrast: true,
  colors: { ink, cobalt, danger, dark },
  variantColorResolver,
  black: '#15181E',
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 6,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: { fontWeight: '600', fontFamily: 'var(--font)' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components,
})

const shared = {
  '--mantine-color-body': 'var(--sheet)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-default': 'var(--raised)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-anchor': 'var(--link)',
}

/** Mantine's own variables, in terms of tokens.css. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...shared, '--mantine-color-placeholder': '#6B7382' },
  dark: { ...shared, '--mantine-color-placeholder': '#949CAA' },
})
