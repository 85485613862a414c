import { createEnlarger } from '../pixels/enlarge.ts';
import { createPicture, type Picture } from '../pixels/picture.ts';
import { tabulate16 } from '../pixels/srgb.ts';
import { type ChannelGains, mapChannel, staysWhite, WHITE_FROM, wasClipped } from './mapping.ts';
import type { WhiteBalancePlan } from './plan-white-balance.ts';

/** Carries the plan out on a picture of any size; the result is a new one. */
export function applyWhiteBalance(picture: Picture, plan: WhiteBalancePlan): Picture {
  const { width, height, data } = picture;
  const out = createPicture(width, height);
  const [first, second] = plan.gains.map(createMapper);
  if (first === undefined) return picture;
  const shares = new Float32Array(width);
  const readShares = plan.share === null ? null : createEnlarger(plan.share, width, height);
  const [one, two] = [new Float32Array(3), new Float32Array(3)];
  for (let y = 0; y < height; y++) {
    readShares?.(y, shares);
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      first(data, at, one);
      const share = shares[x] as number;
      if (second !== undefined && share > 0) {
        second(data, at, two);
        for (let c = 0; c < 3; c++)
          one[c] = (one[c] as number) + share * ((two[c] as number) - (one[c] as number));
      }
      out.data[at] = (one[0] as number) + 0.5;
      out.data[at + 1] = (one[1] as number) + 0.5;
      out.data[at + 2] = (one[2] as number) + 0.5;
    }
  }
  return out;
}

type Mapper = (data: Uint16Array, at: number, into: Float32Array) => void;

const WHITE = tabulate16(staysWhite);
const CLIPPED = tabulate16(wasClipped);

/** Colours that are darker need nothing but the gains. */
const PLAIN_TO = WHITE_FROM * 65535;

/** Maps one colour, 0..65535 in and out. */
function createMapper(gains: ChannelGains): Mapper {
  const [reds, greens, blues] = gains.map(tabulateGain) as [Uint16Array, Uint16Array, Uint16Array];
  return (data, at, into) => {
    const red = data[at] as number;
    const green = data[at + 1] as number;
    const blue = data[at + 2] as number;
    const r = reds[red] as number;
    const g = greens[green] as number;
    const b = blues[blue] as number;
    if (Math.max(red, green, blue) < PLAIN_TO) {
      into[0] = r;
      into[1] = g;
      into[2] = b;
      return;
    }
    const highest = Math.max(r, g, b);
    const white = (WHITE[Math.min(red, green, blue)] as number) / 65535;
    const rebuiltRed = rebuilt(red, r, highest);
    const rebuiltGreen = rebuilt(green, g, highest);
    const rebuiltBlue = rebuilt(blue, b, highest);
    into[0] = rebuiltRed + white * (red - rebuiltRed);
    into[1] = rebuiltGreen + white * (green - rebuiltGreen);
    into[2] = rebuiltBlue + white * (blue - rebuiltBlue);
  };
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

/** What gains cannot know: there was more of a clipped channel than the file says. */
function rebuilt(from: number, mapped: number, highest: number): number {
  const lost = Math.max(0, Math.min(from, highest) - mapped);
  return mapped + ((CLIPPED[from] as number) / 65535) * lost;
}
