import type { Picture } from '../pixels/picture.ts';
import { type RgbCodes, reduceByMean } from '../pixels/reduce.ts';
import type { InputFrame } from '../steps/step.ts';
import { decodeFrame, decodeSensor, toWorking } from './decode-frame.ts';
import { decodeError, type FrameHeader, heedingDamage, openFrame } from './read-header.ts';
import { showWholeBlocks } from './whole-blocks.ts';

/** JPEG decoders reduce by 2, 4 and 8 while they decode. */
const LARGEST_SHRINK = 8;

/**
 * Decodes one frame reduced by a whole factor (1, 2, 4, 8 or 16), in the space and upright as
 * `decodeFrame` does it. Pixel (i, j) covers the
 * pixels [i * scale, (i + 1) * scale) of the full-size decode in each direction; the last ones cover
 * what is left, so the size is ceil(width / scale) x ceil(height / scale).
 * A 24-megapixel JPEG takes 80 ms at scale 4, a raw file is read at half size (0.8 s), other formats are
 * decoded in full and averaged.
 * @throws EngineError `truncated`, `damaged` or `timed_out`.
 */
export async function decodeOverview(
  frame: InputFrame,
  header: FrameHeader,
  scale: number,
): Promise<Picture> {
  const { bytes, name } = frame;
  const { width, height } = header;
  if (scale > 1 && header.format === 'raw' && fitsGrid(header, 2))
    return reduceByMean(await decodeSensor(frame, header, 2), scale / 2);
  if (scale > 1 && header.format === 'jpeg') {
    const shrink = Math.min(scale, LARGEST_SHRINK);
    const shrinkable = fitsGrid(header, shrink) ? bytes : wholeBlocks(bytes, header);
    if (shrinkable !== null) {
      const picture = await decodeShrunk(shrinkable, name, { header, shrink });
      return reduceByMean(picture, scale / shrink);
    }
  }
  return reduceByMean({ width, height, data: await decodeFrame(bytes, name, header) }, scale);
}

function fitsGrid({ width, height }: FrameHeader, scale: number): boolean {
  return width % scale === 0 && height % scale === 0;
}

/**
 * The grid of a reduced JPEG begins at the stored top left corner. Where the viewer's left or top is
 * the stored right or bottom, the grid can only be right when the size is a multiple of it.
 */
function wholeBlocks(bytes: Uint8Array, header: FrameHeader): Uint8Array | null {
  const { orientation, storedWidth, storedHeight } = header;
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  if (fromRight && storedWidth % LARGEST_SHRINK !== 0) return null;
  if (fromBottom && storedHeight % LARGEST_SHRINK !== 0) return null;
  return showWholeBlocks(bytes);
}

type Shrink = { readonly header: FrameHeader; readonly shrink: number };

async function decodeShrunk(
  bytes: Uint8Array,
  name: string,
  { header, shrink }: Shrink,
): Promise<RgbCodes> {
  const [width, height] = [Math.ceil(header.width / shrink), Math.ceil(header.height / shrink)];
  const shown = fitsGrid(header, shrink)
    ? { width, height }
    : {
        width: wholeSide(header.width) / shrink,
        height: wholeSide(header.height) / shrink,
      };
  try {
    const pixels = wholeSide(header.width) * wholeSide(header.height);
    const codes = await heedingDamage((strict) =>
      openFrame(bytes, header, { pixels, strict })
        // Of the kernels on offer the one that comes closest to the mean of the pixels covered.
        .resize({ ...shown, fit: 'fill', kernel: 'cubic' })
        .toColourspace('srgb')
        .raw()
        .toBuffer(),
    );
    const data = cropRows(codes, shown.width, { width, height });
    return { width, height, data: await toWorking(data, { ...header, width, height }) };
  } catch (cause) {
    throw decodeError(name, header, cause);
  }
}

function wholeSide(side: number): number {
  return Math.ceil(side / LARGEST_SHRINK) * LARGEST_SHRINK;
}

function cropRows(
  codes: Uint8Array,
  stride: number,
  { width, height }: { readonly width: number; readonly height: number },
): Uint8Array {
  if (width === stride) return codes.subarray(0, width * height * 3);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    data.set(codes.subarray(y * stride * 3, (y * stride + width) * 3), y * width * 3);
  return data;
}
