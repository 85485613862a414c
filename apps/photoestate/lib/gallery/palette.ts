import { contrastOf } from '@repo/foundation/colors';
import { DEFAULT_COLORS, textOn } from '@repo/photoestate/colors';
import type { Gallery } from './api.ts';

type Brand = Pick<NonNullable<Gallery['brand']>, 'accent' | 'background'>;

const COLOR = /^#[0-9a-f]{6}$/i;
/** WCAG 2.2: 1.4.3 of text, 1.4.11 of what has to be seen. */
const TEXT = 4.5;
const SHAPE = 3;

/** What the product itself says by colour, on dark and on light ground. */
const SIGNALS = {
  '#ffffff': { success: '#63d18d', warning: '#efb65a', danger: '#ff8f86', info: '#86b6ff' },
  '#000000': { success: '#11713a', warning: '#855000', danger: '#b42323', info: '#1553c7' },
} as const;

/**
 * The page's colours from the two that a studio chose: whatever they are, text on each of them can be read. Null where
 * none was chosen: the page looks as the visitor's own theme has it.
 */
export function paletteOf({ accent, background }: Brand): Record<string, string> | null {
  if (![accent, background].some((color) => color !== null && COLOR.test(color))) return null;
  const ground = valid(background) ?? DEFAULT_COLORS.background;
  const text = textOn(ground);
  const away = text === '#ffffff' ? '#000000' : '#ffffff';
  // On a middling ground there is no contrast to spare: surfaces go the other way then.
  const towards = contrastOf(ground, text) >= 10 ? text : away;
  const surface = (share: number) => mix(ground, towards, share);
  const [card, popover, muted, hover] = [0.05, 0.07, 0.08, 0.13].map(surface);
  const grounds = [ground, card, popover, muted, hover].filter((each) => each !== undefined);
  const seen = (color: string, least: number) => readable(color, { grounds, text, least });
  const primary = seen(valid(accent) ?? DEFAULT_COLORS.accent, SHAPE);
  const onPrimary = textOn(primary);
  const soft = (color: string) => softened(ground, { color, text });
  const signals = Object.entries(SIGNALS[text]).flatMap(([name, color]) => [
    [name, readable(color, { grounds: [...grounds, soft(color)], text, least: TEXT })],
    [`${name}-soft`, soft(color)],
  ]);
  const neutral = greyOf(ground);
  return {
    'color-scheme': text === '#ffffff' ? 'dark' : 'light',
    '--background': ground,
    '--foreground': text,
    '--card': card ?? ground,
    '--popover': popover ?? ground,
    '--muted': muted ?? ground,
    '--hover': hover ?? ground,
    '--border': mix(ground, text, 0.18),
    '--border-strong': mix(ground, text, 0.3),
    '--input': seen(mix(ground, text, 0.45), SHAPE),
    '--muted-foreground': seen(mix(ground, text, 0.6), TEXT),
    '--primary': primary,
    '--primary-hover': mix(primary, onPrimary === '#ffffff' ? '#000000' : '#ffffff', 0.12),
    '--primary-foreground': onPrimary,
    '--primary-soft': soft(primary),
    '--link': seen(primary, TEXT),
    '--ring': seen(primary, SHAPE),
    // Behind photos there is no colour, however the page looks.
    '--canvas': mix(neutral, textOn(neutral), 0.06),
    ...Object.fromEntries(signals.map(([name, color]) => [`--${name}`, color ?? text])),
  };
}

/** For a `<style>`; over the theme that the visitor chose, and gone with the page. */
export function paletteCss(brand: Brand): string | null {
  const palette = paletteOf(brand);
  if (palette === null) return null;
  const lines = Object.entries(palette).map(([name, value]) => `${name}:${value}`);
  return `html[data-product]:root{${lines.join(';')}}`;
}

const valid = (color: string | null) => (color !== null && COLOR.test(color) ? color : null);

const partsOf = (color: string) =>
  [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

const colorOf = (parts: readonly number[]) =>
  `#${parts.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

function mix(from: string, to: string, share: number): string {
  const others = partsOf(to);
  return colorOf(partsOf(from).map((part, at) => part + ((others[at] ?? part) - part) * share));
}

/** A grey as light as this colour. */
function greyOf(color: string): string {
  const [red = 0, green = 0, blue = 0] = partsOf(color);
  const grey = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return colorOf([grey, grey, grey]);
}

type Wish = { grounds: readonly string[]; text: string; least: number };

/** This colour, or as little nearer to the text's as it takes to stand out from all grounds. */
function readable(color: string, { grounds, text, least }: Wish): string {
  for (let share = 0; share < 1; share += 0.05) {
    const tried = mix(color, text, share);
    if (grounds.every((ground) => contrastOf(tried, ground) >= least)) return tried;
  }
  return text;
}

/** The ground with as much of a colour in it as leaves the text on it readable. */
function softened(ground: string, { color, text }: { color: string; text: string }): string {
  for (let share = 0.18; share > 0; share -= 0.03) {
    const tried = mix(ground, color, share);
    if (contrastOf(tried, text) >= TEXT) return tried;
  }
  return ground;
}
