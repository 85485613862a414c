/** Maps far smaller than the photo, read bilinearly. */
import { rowAt } from './plane';

const TO_ONE: f32 = 1.0 / 8192.0;

/** Row `y` of `rows` of the map, enlarged to `length` floats; 1.0 is 1. */
export function readMap(
  map: usize,
  stride: i32,
  width: i32,
  height: i32,
  y: i32,
  rows: i32,
  length: i32,
  into: usize,
): void {
  const place = clamp(((<f32>y + 0.5) / <f32>rows) * <f32>height - 0.5, height);
  const upper = <i32>place;
  const share = place - <f32>upper;
  const above = rowAt(map, stride, height, upper);
  const below = rowAt(map, stride, height, upper + 1);
  const step = <f32>width / <f32>length;
  for (let x = 0; x < length; x++) {
    const along = clamp((<f32>x + 0.5) * step - 0.5, width);
    const column = <i32>along;
    const right = along - <f32>column;
    const a = sampleAt(above, column, right);
    const b = sampleAt(below, column, right);
    store<f32>(into + <usize>(x << 2), (a + share * (b - a)) * TO_ONE);
  }
}

function clamp(place: f32, length: i32): f32 {
  return max(0, min(place, <f32>(length - 1)));
}

/** Between a sample and the next one, which beyond the last repeats it. */
function sampleAt(row: usize, column: i32, right: f32): f32 {
  const at = row + <usize>(column << 1);
  const here = <f32>load<i16>(at);
  return here + right * (<f32>load<i16>(at, 2) - here);
}
