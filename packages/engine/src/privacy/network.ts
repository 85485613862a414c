import { type Block, type FaceModel, type Head, STEM_CHANNELS } from './face-model.ts';

/** Rows of pixels, each its channels one behind the other. */
export type Tensor = {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Float32Array;
};

/** What faces are read off: at a sixteenth and at a 32nd of the picture's size. */
export type Features = { readonly fine: Tensor; readonly coarse: Tensor };

/**
 * The network as a plain loop, which `kernels/faces.ts` is tested against. It has no layer that knows
 * the size of the picture, so it is run on pictures of any size instead of on tiles.
 * @param picture three channels, -1..1; width and height are multiples of 32
 */
export function featuresOf(model: FaceModel, picture: Tensor): Features {
  let tensor = runStem(model, picture);
  const last = model.blocks.length - 1;
  let fine = tensor;
  for (const [index, block] of model.blocks.entries()) {
    if (index === last) fine = tensor;
    tensor = runBlock(block, tensor);
  }
  return { fine, coarse: tensor };
}

/** A 5 x 5 convolution that halves the size; one pixel of zeros is missing left and above, two right and below. */
function runStem({ stem }: FaceModel, picture: Tensor): Tensor {
  const into = emptyTensor(picture.width / 2, picture.height / 2, STEM_CHANNELS);
  for (let y = 0; y < into.height; y++) {
    for (let x = 0; x < into.width; x++) {
      const sums = Float64Array.from(stem.bias);
      for (let tap = 0; tap < 25; tap++) {
        const [row, column] = [2 * y - 1 + Math.floor(tap / 5), 2 * x - 1 + (tap % 5)];
        if (row < 0 || column < 0 || row >= picture.height || column >= picture.width) continue;
        for (let c = 0; c < 3; c++) {
          const value = picture.data[(row * picture.width + column) * 3 + c] as number;
          for (let k = 0; k < STEM_CHANNELS; k++)
            addTo(sums, k, value * (stem.weights[(tap * 3 + c) * STEM_CHANNELS + k] as number));
        }
      }
      into.data.set(sums.map(positive), (y * into.width + x) * STEM_CHANNELS);
    }
  }
  return into;
}

function runBlock(block: Block, from: Tensor): Tensor {
  const { channels, intoChannels, shrink } = block;
  const into = emptyTensor(from.width / shrink, from.height / shrink, intoChannels);
  const filtered = new Float64Array(channels);
  for (let y = 0; y < into.height; y++) {
    for (let x = 0; x < into.width; x++) {
      filterPixel(block, from, { x, y, into: filtered });
      const mixed = Float64Array.from(block.bias);
      for (let c = 0; c < channels; c++)
        for (let k = 0; k < intoChannels; k++)
          addTo(mixed, k, (filtered[c] as number) * (block.mixing[c * intoChannels + k] as number));
      if (block.keep)
        for (let c = 0; c < channels; c++) addTo(mixed, c, largestAt(from, { x, y, c, shrink }));
      into.data.set(mixed.map(positive), (y * into.width + x) * intoChannels);
    }
  }
  return into;
}

type Pixel = { readonly x: number; readonly y: number; readonly into: Float64Array };

/** 3 x 3 around the pixel; at half the size it begins at the pixel. Beyond the border there are zeros. */
function filterPixel({ depthwise, channels, shrink }: Block, from: Tensor, pixel: Pixel): void {
  const before = shrink === 1 ? 1 : 0;
  pixel.into.fill(0);
  for (let tap = 0; tap < 9; tap++) {
    const row = pixel.y * shrink - before + Math.floor(tap / 3);
    const column = pixel.x * shrink - before + (tap % 3);
    if (row < 0 || column < 0 || row >= from.height || column >= from.width) continue;
    const at = (row * from.width + column) * channels;
    for (let c = 0; c < channels; c++)
      addTo(
        pixel.into,
        c,
        (from.data[at + c] as number) * (depthwise[tap * channels + c] as number),
      );
  }
}

type Place = { readonly x: number; readonly y: number; readonly c: number; readonly shrink: 1 | 2 };

function largestAt({ data, width, channels }: Tensor, { x, y, c, shrink }: Place): number {
  const at = (y * shrink * width + x * shrink) * channels + c;
  if (shrink === 1) return data[at] as number;
  const below = at + width * channels;
  return Math.max(
    data[at] as number,
    data[at + channels] as number,
    data[below] as number,
    data[below + channels] as number,
  );
}

/** One output of a head at one pixel of a tensor. */
export function readHead(head: Head, tensor: Tensor, place: { pixel: number; output: number }) {
  const { channels, data } = tensor;
  let sum = head.bias[place.output] as number;
  for (let c = 0; c < channels; c++) {
    const value = data[place.pixel * channels + c] as number;
    sum += value * (head.weights[c * head.outputs + place.output] as number);
  }
  return sum;
}

function emptyTensor(width: number, height: number, channels: number): Tensor {
  return { width, height, channels, data: new Float32Array(width * height * channels) };
}

function addTo(sums: Float64Array, index: number, value: number): void {
  sums[index] = (sums[index] as number) + value;
}

function positive(value: number): number {
  return value > 0 ? value : 0;
}
