import type { Arena } from '../parallel/arena.ts';
import type { Pool } from '../parallel/pool.ts';
import { type Block, type FaceModel, STEM_CHANNELS } from './face-model.ts';
import type { Features, Tensor } from './network.ts';

/** A tensor in shared memory; kernels/faces.ts says how it lies there. */
type TensorRef = {
  /** Address of pixel (0, 0). */
  readonly address: number;
  /** Bytes from one row to the next. */
  readonly stride: number;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
};

const FLOAT = 4;
/** Kernels read a few pixels beyond the last row. */
const SLACK = 64 * 1024;
/** Rows of the result that one task makes. */
const TASK_ROWS = 8;

/**
 * `featuresOf` by kernels on all threads.
 * @param picture three channels, -1..1; width and height are multiples of 32
 */
export async function runFaceNetwork(
  pool: Pool,
  model: FaceModel,
  picture: Tensor,
): Promise<Features> {
  const { arena } = pool;
  const mark = arena.take(0);
  const input = placePicture(arena, picture);
  const [width, height] = [picture.width / 2, picture.height / 2];
  // Blocks write to one of two places in turn; no later tensor is larger than the first.
  const bytes = strideOf(width, STEM_CHANNELS) * (height + 2) + SLACK;
  const places = [arena.take(bytes), arena.take(bytes)] as const;
  let tensor = tensorAt(places[0], { width, height, channels: STEM_CHANNELS });
  await runStem(pool, model, { input, into: tensor });
  let fine = tensor;
  for (const [index, block] of model.blocks.entries()) {
    const place = places[(index + 1) % 2] as number;
    const into = tensorAt(place, {
      width: tensor.width / block.shrink,
      height: tensor.height / block.shrink,
      channels: block.intoChannels,
    });
    await runBlock(pool, block, { from: tensor, into });
    [fine, tensor] = [tensor, into];
  }
  const features = { fine: readTensor(arena, fine), coarse: readTensor(arena, tensor) };
  arena.release(mark);
  return features;
}

async function runStem(
  pool: Pool,
  { stem }: FaceModel,
  { input, into }: { readonly input: TensorRef; readonly into: TensorRef },
): Promise<void> {
  const mark = pool.arena.take(0);
  const weights = placeFloats(pool.arena, [stem.weights, stem.bias]);
  await inRows(pool, into, (from, to) => [
    'faces.stem',
    ...[input.address, input.stride, weights, into.address, into.stride],
    ...[into.width, into.height, from, to],
  ]);
  pool.arena.release(mark);
}

async function runBlock(
  pool: Pool,
  block: Block,
  { from: source, into }: { readonly from: TensorRef; readonly into: TensorRef },
): Promise<void> {
  const mark = pool.arena.take(0);
  const weights = placeFloats(pool.arena, [block.depthwise, block.mixing, block.bias]);
  await inRows(pool, into, (from, to) => [
    'faces.block',
    ...[source.address, source.stride, source.channels, weights],
    ...[into.address, into.stride, into.width, into.height, into.channels],
    ...[block.shrink, block.keep ? 1 : 0, from, to],
  ]);
  pool.arena.release(mark);
}

async function inRows(
  pool: Pool,
  { height }: TensorRef,
  call: (from: number, to: number) => readonly [string, ...number[]],
): Promise<void> {
  const tasks = Array.from({ length: Math.ceil(height / TASK_ROWS) }, (_, i) => [
    call(i * TASK_ROWS, Math.min(height, (i + 1) * TASK_ROWS)),
  ]);
  await pool.run(tasks);
}

/** Bytes of a row: a multiple of four pixels, and one of zeros on each side. */
function strideOf(width: number, channels: number): number {
  return (Math.ceil(width / 4) * 4 + 2) * channels * FLOAT;
}

function tensorAt(
  place: number,
  size: { readonly width: number; readonly height: number; readonly channels: number },
): TensorRef {
  const stride = strideOf(size.width, size.channels);
  return { ...size, stride, address: place + stride + size.channels * FLOAT };
}

/** The picture with zeros around it: one pixel left and above, more than two right and below. */
function placePicture(arena: Arena, picture: Tensor): TensorRef {
  const { width, height, channels, data } = picture;
  const stride = (width + 4) * channels * FLOAT;
  const start = arena.take(stride * (height + 4));
  const floats = arena.float32(start, (stride * (height + 4)) / FLOAT).fill(0);
  const row = width * channels;
  for (let y = 0; y < height; y++)
    floats.set(data.subarray(y * row, (y + 1) * row), ((y + 1) * stride) / FLOAT + channels);
  return { width, height, channels, stride, address: start + stride + channels * FLOAT };
}

function placeFloats(arena: Arena, lists: readonly Float32Array[]): number {
  const address = arena.take(lists.reduce((sum, list) => sum + list.byteLength, 0));
  let at = address;
  for (const list of lists) {
    arena.float32(at, list.length).set(list);
    at += list.byteLength;
  }
  return address;
}

function readTensor(arena: Arena, from: TensorRef): Tensor {
  const { width, height, channels, stride, address } = from;
  const data = new Float32Array(width * height * channels);
  const row = width * channels;
  for (let y = 0; y < height; y++) data.set(arena.float32(address + y * stride, row), y * row);
  return { width, height, channels, data };
}
