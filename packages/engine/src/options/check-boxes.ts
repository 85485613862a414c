import { EngineError } from '../errors.ts';
import { checkKeys, checkNumber, checkRecord } from './checks.ts';
import type { ShareBox } from './settings.ts';

const MOST_BOXES = 100;
/** A box has to have a size; a ten-thousandth of a photo is half a pixel. */
const SMALLEST = 1e-4;

/**
 * Parts of a photo. One that begins outside is a mistake, perhaps in pixels or percent, and would hide the wrong
 * place; one that reaches over the edge is kept as it was drawn, and cut off where it is used.
 */
export function checkBoxes(path: string, value: unknown): ShareBox[] {
  if (!Array.isArray(value) || value.length > MOST_BOXES)
    throw new EngineError(
      'invalid_options',
      `Expected ${path} to be a list of at most ${MOST_BOXES} boxes but received ${Array.isArray(value) ? value.length : typeof value}.`,
    );
  return value.map((box, index) => checkBox(`${path}[${index}]`, box));
}

function checkBox(path: string, value: unknown): ShareBox {
  const box = checkRecord(path, value);
  checkKeys(path, box, ['left', 'top', 'width', 'height']);
  const share = (side: keyof ShareBox, range: readonly [number, number]): number =>
    checkShare(`${path}.${side}`, box[side], range);
  return {
    left: share('left', [0, 1 - SMALLEST]),
    top: share('top', [0, 1 - SMALLEST]),
    width: share('width', [SMALLEST, 1]),
    height: share('height', [SMALLEST, 1]),
  };
}

function checkShare(path: string, value: unknown, range: readonly [number, number]): number {
  if (typeof value !== 'number' || value <= 1) return checkNumber(path, value, range);
  throw new EngineError(
    'invalid_options',
    `Expected ${path} to be a share of the photo, a number from ${range[0]} to ${range[1]}, but received ${value}. Pixels are to be divided by the size of the photo.`,
  );
}
