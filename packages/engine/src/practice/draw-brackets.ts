import sharp from 'sharp';
import type { InputFrame } from '../steps/step.ts';
import { makeBracket } from '../testing/bracket.ts';

const [WIDTH, HEIGHT] = [600, 400];

/** Pixels that the camera moved between two exposures. */
const MOVED = 6;

/** Three exposures of a drawn room: from a tripod, and held by hand. */
export type Brackets = {
  readonly still: readonly InputFrame[];
  readonly moved: readonly InputFrame[];
};

export async function drawBrackets(): Promise<Brackets> {
  const still = await makeBracket({ width: WIDTH, height: HEIGHT, evs: [0, -2, 2] });
  return { still, moved: await Promise.all(still.map(move)) };
}

async function move(frame: InputFrame, index: number): Promise<InputFrame> {
  const image = sharp(frame.bytes).keepExif();
  const part = {
    left: MOVED * index,
    top: MOVED,
    width: WIDTH - 2 * MOVED,
    height: HEIGHT - MOVED,
  };
  return { name: frame.name, bytes: await image.extract(part).jpeg({ quality: 92 }).toBuffer() };
}
