import { contrastOf } from '@repo/foundation/colors';
import { colorProblem } from '@repo/photoestate/colors';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paletteCss, paletteOf } from './palette.ts';

const color = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);
const orNone = fc.option(color, { nil: null });

const GROUNDS = ['background', 'card', 'popover', 'muted', 'hover'];
const TEXTS = ['foreground', 'muted-foreground', 'link', 'success', 'warning', 'danger', 'info'];

test('whatever a studio chose can be read, and its buttons be seen', () => {
  fc.assert(
    fc.property(orNone, orNone, (accent, background) => {
      const palette = paletteOf({ accent, background });
      if (palette === null) return accent === null && background === null;
      const at = (name: string) => palette[`--${name}`] ?? '';
      for (const ground of GROUNDS) {
        for (const text of TEXTS)
          expect(contrastOf(at(text), at(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(
            4.5,
          );
        for (const shape of ['primary', 'ring', 'input'])
          expect(contrastOf(at(shape), at(ground)), `${shape} on ${ground}`).toBeGreaterThanOrEqual(
            3,
          );
      }
      for (const name of ['primary', 'primary-hover'])
        expect(contrastOf(at('primary-foreground'), at(name)), name).toBeGreaterThanOrEqual(4.5);
      for (const name of ['success', 'warning', 'danger', 'info'])
        expect(contrastOf(at(name), at(`${name}-soft`)), name).toBeGreaterThanOrEqual(4.5);
      return true;
    }),
  );
});

test('colours that may be saved are used as they are', () => {
  const brand = { accent: '#4aa8ff', background: '#10243a' };
  expect(colorProblem(brand.accent, brand.background)).toBeNull();
  expect(paletteOf(brand)).toMatchObject({
    'color-scheme': 'dark',
    '--background': '#10243a',
    '--primary': '#4aa8ff',
    '--primary-foreground': '#000000',
  });
});

test('without colours the page is the theme of the visitor; what is no colour gets into no style', () => {
  expect(paletteCss({ accent: null, background: null })).toBeNull();
  expect(paletteCss({ accent: '#fff}body{display:none', background: null })).toBeNull();
  const css = paletteCss({ accent: 'red;}', background: '#ffffff' });
  expect(css).not.toContain('red');
  expect(css).toContain('--background:#ffffff');
});
