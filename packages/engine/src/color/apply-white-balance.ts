import { createEnlarger } from '../pixels/enlarge.ts';
import { createPicture, type Picture } from '../pixels/picture.ts';
import { tabulate } from '../pixels/srgb.ts';
import { type ChannelGains, mapChannel, staysWhite, WHITE_FROM, wasClipped } from './mapping.ts';
import type { WhiteBalancePlan } from './plan-white-balance.ts';

/** Carries the plan out on a picture of any size; the result is a new one. */
export function applyWhiteBalance(picture: Picture, plan: WhiteBalancePlan): Picture {
  const { width, height, data } = picture;
  const out = createPicture(width, height);
  const one = tabulateGains(plan.gains[0]);
  const two = plan.gains[1] === undefined ? null : tabulateGains(plan.gains[1]);
  const shares = new Float32Array(width);
  const readShares = plan.share === null ? null : createEnlarger(plan.share, width, height);
  for (let y = 0; y < height; y++) {
    const from = y * width * 3;
    const pixels = data.subarray(from, from + width * 3);
    const into = out.data.subarray(from, from + width * 3);
    readShares?.(y, shares);
    if (two === null) mapRow(pixels, one, into);
    else mixRow(pixels, { one, two, shares }, into);
  }
  return out;
}

/** What becomes of every code of a channel, 0..65535. */
type Tables = {
  readonly red: Uint16Array;
  readonly green: Uint16Array;
  readonly blue: Uint16Array;
};

/** Colours that are darker need nothing but the gains. */
const PLAIN_TO = WHITE_FROM * 65535;

function mapRow(pixels: Uint16Array, tables: Tables, into: Uint16Array): void {
  const { red, green, blue } = tables;
  const bright = new Float32Array(3);
  for (let at = 0; at < pixels.length; at += 3) {
    const r = pixels[at] as number;
    const g = pixels[at + 1] as number;
    const b = pixels[at + 2] as number;
    if (r < PLAIN_TO && g < PLAIN_TO && b < PLAIN_TO) {
      into[at] = red[r] as number;
      into[at + 1] = green[g] as number;
      into[at + 2] = blue[b] as number;
    } else {
      mapBright(pixels, at, { tables, into: bright });
      for (let c = 0; c < 3; c++) into[at + c] = (bright[c] as number) + 0.5;
    }
  }
}

type Mix = {
  readonly one: Tables;
  readonly two: Tables;
  /** How much of the second each pixel gets, 0..1. */
  readonly shares: Float32Array;
};

function mixRow(pixels: Uint16Array, { one, two, shares }: Mix, into: Uint16Array): void {
  const { red, green, blue } = one;
  const { red: otherRed, green: otherGreen, blue: otherBlue } = two;
  const first = new Float32Array(3);
  const second = new Float32Array(3);
  for (let x = 0, at = 0; at < pixels.length; x++, at += 3) {
    const share = shares[x] as number;
    const r = pixels[at] as number;
    const g = pixels[at + 1] as number;
    const b = pixels[at + 2] as number;
    if (r < PLAIN_TO && g < PLAIN_TO && b < PLAIN_TO) {
      const toRed = red[r] as number;
      const toGreen = green[g] as number;
      const toBlue = blue[b] as number;
      into[at] = toRed + share * ((otherRed[r] as number) - toRed) + 0.5;
      into[at + 1] = toGreen + share * ((otherGreen[g] as number) - toGreen) + 0.5;
      into[at + 2] = toBlue + share * ((otherBlue[b] as number) - toBlue) + 0.5;
    } else {
      mapBright(pixels, at, { tables: one, into: first });
      mapBright(pixels, at, { tables: two, into: second });
      for (let c = 0; c < 3; c++) {
        const own = first[c] as number;
        into[at + c] = own + share * ((second[c] as number) - own) + 0.5;
      }
    }
  }
}

/** How surely a value is white, or was clipped, at 4096 steps; in between it hardly changes. */
const STEPS = 4096;
const WHITE = tabulate(STEPS, staysWhite);
const CLIPPED = tabulate(STEPS, wasClipped);

type Bright = { readonly tables: Tables; readonly into: Float32Array };

/** A colour that may be light itself, or have lost some of it; 0..65535 in and out. */
function mapBright(pixels: Uint16Array, at: number, { tables, into }: Bright): void {
  const red = pixels[at] as number;
  const green = pixels[at + 1] as number;
  const blue = pixels[at + 2] as number;
  const r = tables.red[red] as number;
  const g = tables.green[green] as number;
  const b = tables.blue[blue] as number;
  const highest = Math.max(r, g, b);
  const white = WHITE[Math.min(red, green, blue) >> 4] as number;
  const rebuiltRed = rebuilt(red, r, highest);
  const rebuiltGreen = rebuilt(green, g, highest);
  const rebuiltBlue = rebuilt(blue, b, highest);
  into[0] = rebuiltRed + white * (red - rebuiltRed);
  into[1] = rebuiltGreen + white * (green - rebuiltGreen);
  into[2] = rebuiltBlue + white * (blue - rebuiltBlue);
}

/** What gains cannot know: there was more of a clipped channel than the file says. */
function rebuilt(from: number, mapped: number, highest: number): number {
  const lost = Math.max(0, Math.min(from, highest) - mapped);
  return mapped + (CLIPPED[from >> 4] as number) * lost;
}

function tabulateGains([red, green, blue]: ChannelGains): Tables {
  return { red: tabulateGain(red), green: tabulateGain(green), blue: tabulateGain(blue) };
}

/** Codes between two values that are worked out; the curve is straight enough in between. */
const APART = 16;

/** The mapping of one channel for all 65536 codes. */
function tabulateGain(gain: number): Uint16Array {
  const table = new Uint16Array(65536);
  let low = 65535 * mapChannel(0, gain);
  for (let code = 0; code < 65536; code += APART) {
    const high = 65535 * mapChannel(Math.min(1, (code + APART) / 65535), gain);
    for (let i = 0; i < APART; i++) table[code + i] = low + (i / APART) * (high - low) + 0.5;
    low = high;
  }
  return table;
}
