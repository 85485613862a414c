import { expect, it } from 'vitest';
import { neighbourScene, sceneOfPath, scenePath, starsOf } from './strip.ts';

const scenes = [3, 0, 5, 0, 4].map((rating, index) => ({ id: `scn_${index}`, rating }));
const from = (current: string, by: 1 | -1, stars: number) =>
  neighbourScene(scenes, current, { by, stars })?.id;

it('next and previous leave out what has too few stars', () => {
  expect(from('scn_0', 1, 0)).toBe('scn_1');
  expect(from('scn_0', 1, 4)).toBe('scn_2');
  expect(from('scn_3', -1, 4)).toBe('scn_2');
  expect(from('scn_2', -1, 4)).toBe(undefined);
  expect(from('scn_4', 1, 0)).toBe(undefined);
});

it('an address keeps how scenes are compared, and not which versions of another scene', () => {
  const query = new URLSearchParams('mode=side&left=pho_1&right=enh_2&stars=3&zoom=1_0.5_0.5');
  expect(scenePath('lst_1', 'scn_2', query)).toBe(
    '/listings/lst_1/scenes/scn_2?mode=side&zoom=1_0.5_0.5&stars=3',
  );
  expect(scenePath('lst_1', 'scn_2', new URLSearchParams())).toBe('/listings/lst_1/scenes/scn_2');
  expect(sceneOfPath('/listings/lst_1/scenes/scn_2')).toBe('scn_2');
  expect(sceneOfPath('/listings/lst_1')).toBe(undefined);
});

it.each([
  ['stars=3', 3],
  ['stars=6', 0],
  ['stars=-1', 0],
  ['stars=many', 0],
  ['', 0],
])('%s asks for %i', (query, stars) => {
  expect(starsOf(new URLSearchParams(query))).toBe(stars);
});
