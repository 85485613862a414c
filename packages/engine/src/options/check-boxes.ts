import { EngineError } from '../errors.ts';
import { checkKeys, checkNumber, checkRecord } from './checks.ts';
import type { ShareBox } from './settings.ts';

const MOST_BOXES = 100;
/** A box has to have a size; a ten-thousandth of a photo is half a pixel. */
const SMALLEST = 1e-4;

/** Parts of a photo; what reaches over its edge is cut off there. */
export function checkBoxes(path: string, value: unknown): ShareBox[] {
  if (!Array.isArray(value) || value.length > MOST_BOXES)
    throw new EngineError(
      'invalid_options',
      `Expected ${path} to be a list of at most ${MOST_BOXES} boxes.`,
    );
  return value.map((box, index) => checkBox(`${path}[${index}]`, box));
}

function checkBox(path: string, value: unknown): ShareBox {
  const box = checkRecord(path, value);
  checkKeys(path, box, ['left', 'top', 'width', 'height']);
  const left = checkNumber(`${path}.left`, box['left'], [0, 1]);
  const top = checkNumber(`${path}.top`, box['top'], [0, 1]);
  const width = checkNumber(`${path}.width`, box['width'], [SMALLEST, 1]);
  const height = checkNumber(`${path}.height`, box['height'], [SMALLEST, 1]);
  return { left, top, width: Math.min(width, 1 - left), height: Math.min(height, 1 - top) };
}
