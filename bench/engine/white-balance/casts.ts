import { toDisplay, toScene } from '../../../packages/engine/src/color/camera-curve.ts';
import type { Light } from '../../../packages/engine/src/color/light.ts';
import { createPicture, type Picture } from '../../../packages/engine/src/pixels/picture.ts';
import { linearToSrgb, srgbToLinear } from '../../../packages/engine/src/pixels/srgb.ts';

/** What the camera is taken to be balanced for, in kelvin. */
const BALANCED = 5000;
const WARMEST = 2850;
const COOLEST = 7500;

/** Largest tint of a cast, in stops. */
const TINT = 0.12;

/** A black body seen by a camera that is balanced for 5000 K, in stops; linear sRGB. */
export function blackBody(kelvin: number): Light {
  const [one, white] = [chromaOf(kelvin), chromaOf(BALANCED)];
  return { red: one.red - white.red, blue: one.blue - white.blue };
}

/** The light of lamps and skies a camera may be balanced wrongly for: even in mired. */
export function randomCast(random: () => number): Light {
  const mired = 1e6 / COOLEST + random() * (1e6 / WARMEST - 1e6 / COOLEST);
  const { red, blue } = blackBody(1e6 / mired);
  const tint = (2 * random() - 1) * TINT;
  return { red: red + 0.845 * tint, blue: blue + 0.535 * tint };
}

/** How a photo was made of light: with the curve of a camera, or without any. */
export type Rendering = 'camera' | 'plain';

/** The photo as it would be under another light, clipped and in 8 bits. */
export function cast(picture: Picture, light: Light, rendering: Rendering): Picture {
  const gains = [2 ** light.red, 1, 2 ** light.blue];
  const tables = gains.map((gain) =>
    Uint16Array.from({ length: 256 }, (_, code) => eightBits(relit(code / 255, gain, rendering))),
  );
  const out = createPicture(picture.width, picture.height);
  for (let i = 0; i < out.data.length; i++)
    out.data[i] = tables[i % 3]?.[Math.round((picture.data[i] as number) / 257)] ?? 0;
  return out;
}

/** A lamp's pool of light in a room lit by the sky. */
export type Lamp = { readonly x: number; readonly y: number; readonly size: number };

/** The photo under a lamp of 3000 K and a sky of 6500 K. */
export function mixedCast(picture: Picture, lamp: Lamp): Picture {
  const { width, height } = picture;
  const [warm, cool] = [blackBody(3000), blackBody(6500)];
  const out = createPicture(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const away = Math.hypot(x - lamp.x * width, y - lamp.y * height) / (lamp.size * width);
      const share = Math.exp(-0.5 * away * away);
      const at = (y * width + x) * 3;
      const mixed = (stops: keyof Light): number =>
        share * 2 ** warm[stops] + (1 - share) * 2 ** cool[stops];
      for (const [c, gain] of [mixed('red'), 1, mixed('blue')].entries())
        out.data[at + c] = eightBits(
          relit((picture.data[at + c] as number) / 65535, gain, 'camera'),
        );
    }
  }
  return out;
}

/** Angle in degrees between two lights, the usual measure of colour constancy. */
export function angleBetween(one: Light, other: Light): number {
  const [a, b] = [one, other].map(({ red, blue }) => [2 ** red, 1, 2 ** blue] as const) as [
    readonly [number, number, number],
    readonly [number, number, number],
  ];
  const dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  return (Math.acos(Math.min(1, dot / (Math.hypot(...a) * Math.hypot(...b)))) * 180) / Math.PI;
}

/**
 * Mean angle in degrees between the colours of two pictures, pixel by pixel, where neither is dark or
 * clipped, in the light that the photos were made of.
 */
export function angleLeft(one: Picture, other: Picture, rendering: Rendering): number {
  let [sum, count] = [0, 0];
  for (let at = 0; at < one.data.length; at += 3 * 5) {
    const [a, b] = [lightAt(one, at, rendering), lightAt(other, at, rendering)];
    if (a === null || b === null) continue;
    sum += angleBetween({ red: a.red - b.red, blue: a.blue - b.blue }, { red: 0, blue: 0 });
    count++;
  }
  return sum / count;
}

function lightAt({ data }: Picture, at: number, rendering: Rendering): Light | null {
  const [r, g, b] = [0, 1, 2].map((c) => {
    const linear = srgbToLinear((data[at + c] as number) / 65535);
    return rendering === 'camera' ? toScene(linear) : linear;
  }) as [number, number, number];
  if (Math.min(r, g, b) < 0.005 || Math.max(r, g, b) > 0.9) return null;
  return { red: Math.log2(r / g), blue: Math.log2(b / g) };
}

function relit(encoded: number, gain: number, rendering: Rendering): number {
  const linear = srgbToLinear(encoded);
  if (rendering === 'plain') return linearToSrgb(Math.min(1, linear * gain));
  return linearToSrgb(toDisplay(Math.min(1, toScene(linear) * gain)));
}

function eightBits(encoded: number): number {
  return Math.round(encoded * 255) * 257;
}

/** Kim, Kang et al., US patent 7024034 (2006): cubic splines of the black body's x and y, 1667 K to 25 000 K. */
function chromaOf(kelvin: number): Light {
  const t = 1000 / kelvin;
  const x =
    kelvin < 4000
      ? -0.2661239 * t ** 3 - 0.234358 * t ** 2 + 0.8776956 * t + 0.17991
      : -3.0258469 * t ** 3 + 2.1070379 * t ** 2 + 0.2226347 * t + 0.24039;
  const y =
    kelvin < 4000
      ? -0.9549476 * x ** 3 - 1.37418593 * x ** 2 + 2.09137015 * x - 0.16748867
      : 3.081758 * x ** 3 - 5.8733867 * x ** 2 + 3.75112997 * x - 0.37001483;
  const [X, Z] = [x / y, (1 - x - y) / y];
  const red = 3.2406 * X - 1.5372 - 0.4986 * Z;
  const green = -0.9689 * X + 1.8758 + 0.0415 * Z;
  const blue = 0.0557 * X - 0.204 + 1.057 * Z;
  return { red: Math.log2(red / green), blue: Math.log2(blue / green) };
}
