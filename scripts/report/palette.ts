/**
 * The colours of the page and its figures. Text reaches 4.5:1 and lines 3:1 on paper, in light and in dark;
 * percentiles differ in hue, and are deeper for the more common turn, so that they keep their order in grey.
 */
export const PALETTE = {
  paper: { light: '#fcfbf8', dark: '#14161a' },
  wash: { light: '#f3f0e9', dark: '#1d2026' },
  line: { light: '#e1ddd4', dark: '#30343b' },
  ink: { light: '#1b1d20', dark: '#e9e7e2' },
  soft: { light: '#5a5e65', dark: '#a5aab2' },
  p50: { light: '#0b4f54', dark: '#c9efe9' },
  p95: { light: '#2b6fb0', dark: '#83b7e8' },
  p99: { light: '#9a5aab', dark: '#b07cc6' },
  pass: { light: '#17754a', dark: '#5fc690' },
  fail: { light: '#b3281f', dark: '#f28b82' },
  unsure: { light: '#85580a', dark: '#e2b253' },
} as const;

export type Token = keyof typeof PALETTE;

/** A palette colour in a figure; `themed` turns it into a class and a colour that needs no style sheet. */
export function color(token: Token): string {
  return `var(--${token})`;
}

/** The palette as custom properties, and one class a colour for fills (`f-`) and strokes (`s-`) of figures. */
export function paletteCss(): string {
  const tokens = Object.entries(PALETTE);
  const properties = (shade: 'light' | 'dark') => tokens.map(([name, it]) => `--${name}:${it[shade]}`).join(';');
  const classes = tokens.map(([name]) => `.f-${name}{fill:var(--${name})}.s-${name}{stroke:var(--${name})}`).join('');
  return `:root{color-scheme:light dark;${properties('light')}}
@media screen and (prefers-color-scheme:dark){:root{${properties('dark')}}}
${classes}`;
}
