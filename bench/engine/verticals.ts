import type { Figure, Judge } from './judge.ts';
import { measureTilted, type TiltedResult } from './verticals/tilted.ts';
import { measureYork } from './verticals/york-urban.ts';

/** Whether walls are made to stand: the vertical on York Urban, and houses turned by known angles. */
export const verticals: Judge = {
  name: 'verticals',
  needs: ['vp_yud', 'houses'],
  measure: async (data) => [...york(data), ...houses(await measureTilted(data))],
};

function york(data: string): Figure[] {
  const results = measureYork(data);
  const errors = results.map(({ error }) => error);
  const orthogonal = results.map(({ toOrthogonal }) => toOrthogonal);
  const own = results.map(({ ownError }) => ownError);
  const marks = `the marked vertical itself is ${share(own, 0.5)} (p90 ${share(own, 0.9)}) off the upright of the two marked horizontals`;
  return [
    {
      what: 'vertical vanishing point, York Urban, as marked by hand, median',
      value: at(errors, 0.5),
      unit: '°',
      target: { atMost: 0.4 },
      note: `${results.length} photos; ${marks}`,
    },
    { what: 'the same, p90', value: at(errors, 0.9), unit: '°', target: { atMost: 1.3 } },
    {
      what: 'the same against the marked directions made orthogonal, median',
      value: at(orthogonal, 0.5),
      unit: '°',
      target: { atMost: 0.4 },
    },
    { what: 'the same, p90', value: at(orthogonal, 0.9), unit: '°', target: { atMost: 1.3 } },
  ];
}

/** Pixels; the engine itself looks at about twice as many. */
const LARGE = 450_000;

function houses(results: readonly TiltedResult[]): Figure[] {
  const tilts = results.flatMap((result) => result.tilts);
  const left = tilts.map((tilt) => tilt.left);
  const large = tilts.filter(({ pixels }) => pixels >= LARGE).map((tilt) => tilt.left);
  const moved = results.flatMap((result) => result.moved ?? []);
  const judged = results.filter((result) => result.moved !== null);
  const count = (why: string): number => results.filter(({ itself }) => itself === why).length;
  const refused = tilts.filter(({ why }) => why === 'reshoot').length;
  const unsure = tilts.filter(({ why }) => why === 'unsure').length;
  return [
    {
      what: 'houses turned by up to 7° and 5°, left over, median',
      value: at(left, 0.5),
      unit: '°',
      target: { atMost: 0.2 },
      note: `${judged.length} of ${results.length} photos x ${left.length / judged.length} tilts; ${count('unsure')} are too unsure and ${count('reshoot')} too tilted themselves; of the tilts ${refused} refused, ${unsure} unsure, counted with all that is left`,
    },
    {
      what: 'the same, p95',
      value: at(left, 0.95),
      unit: '°',
      target: { atMost: 0.6 },
      note: `p90 ${share(left, 0.9)}, largest ${share(left, 1)}; turning leaves little of small photos: where it left ${LARGE / 1e6} megapixels (${large.length} times) the median is ${share(large, 0.5)}, p95 ${share(large, 0.95)}`,
    },
    {
      what: 'houses that are upright already, moved by, p95',
      value: at(moved, 0.95),
      unit: '°',
      target: { atMost: 0.1 },
      note: `${moved.filter((angle) => angle <= 0.1).length} of ${moved.length} at most 0.1°, largest ${share(moved, 1)}`,
    },
  ];
}

function share(values: readonly number[], part: number): string {
  return `${at(values, part).toFixed(2)}°`;
}

/** The value that a part (0..1) of all values lies below. */
function at(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}
