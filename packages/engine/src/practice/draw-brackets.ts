import sharp from 'sharp';
import type { InputFrame } from '../steps/step.ts';
import { makeBracket } from '../testing/bracket.ts';

/** About as many pixels as the small copies of a large photo have: smaller ones leave functions cold. */
const [WIDTH, HEIGHT] = [1200, 800];

/** Pixels that the camera moved between two exposures. */
const MOVED = 6;

/** Two brackets of one drawn room: from a tripod, and held by hand. */
export async function drawBrackets(): Promise<readonly (readonly InputFrame[])[]> {
  const still = await makeBracket({ width: WIDTH, height: HEIGHT, evs: [0, -2, 2] });
  return [still, await Promise.all(still.map(moved))];
}

async function moved(frame: InputFrame, index: number): Promise<InputFrame> {
  const image = sharp(frame.bytes).keepExif();
  const part = {
    left: MOVED * index,
    top: MOVED,
    width: WIDTH - 2 * MOVED,
    height: HEIGHT - MOVED,
  };
  return { name: frame.name, bytes: await image.extract(part).jpeg({ quality: 92 }).toBuffer() };
}
