import { letterWords } from './stroke-font.ts';

/** What is written where the words given have no letter that can be drawn. */
const OTHERWISE = 'PREVIEW';
/** Width of the words as a share of the photo's longer side. */
const SHARE = 0.3;
const TILT = -24;

/**
 * An SVG to lay over a photo of this size: the words again and again, slanting, light on a dark edge, so that
 * they show on white walls and in dark corners, and no part of the photo worth having is without them.
 */
export function watermarkSvg(words: string, size: { width: number; height: number }): string {
  const { width, height } = size;
  const drawn = letterWords(words);
  const { path, width: length } = drawn.width > 0 ? drawn : letterWords(OTHERWISE);
  const longest = Math.max(width, height);
  // Long names stay readable, short ones do not become a wall.
  const scale = Math.max(longest / 240, Math.min(longest / 90, (longest * SHARE) / length));
  const [stepX, stepY] = [(length + 14) * scale, 22 * scale];
  const reach = Math.hypot(width, height) / 2;
  const places: string[] = [];
  for (let row = -Math.ceil(reach / stepY); row <= Math.ceil(reach / stepY); row += 1) {
    const shift = row % 2 === 0 ? 0 : stepX / 2;
    for (let x = -reach - stepX + shift; x <= reach; x += stepX) {
      places.push(`<use href="#w" x="0" y="0" transform="${placed(x, row * stepY, scale)}"/>`);
    }
  }
  const centre = `translate(${width / 2} ${height / 2}) rotate(${TILT})`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>
<g id="w" fill="none" stroke-linecap="round" stroke-linejoin="round">
<path d="${path}" stroke="#000" stroke-opacity="0.34" stroke-width="1.5"/>
<path d="${path}" stroke="#fff" stroke-opacity="0.62" stroke-width="0.75"/></g></defs>
<g transform="${centre}">${places.join('')}</g></svg>`;
}

const placed = (x: number, y: number, scale: number) =>
  `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${scale.toFixed(3)})`;
