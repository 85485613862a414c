import { readFile } from 'node:fs/promises';
import { EngineError } from '../errors.ts';
import { type Convolution, readConvolutions } from './onnx.ts';

/** Each channel by its own 3 x 3, then all channels of a pixel together. */
export type Block = {
  readonly channels: number;
  readonly intoChannels: number;
  /** 2: the result has half the size. */
  readonly shrink: 1 | 2;
  /** What comes in is added to the result, at half the size the largest of 2 x 2; the last block does not. */
  readonly keep: boolean;
  /** 9 x channels. */
  readonly depthwise: Float32Array;
  /** channels x channels of the result. */
  readonly mixing: Float32Array;
  readonly bias: Float32Array;
};

/** A 1 x 1 convolution that reads boxes or scores off a tensor. */
export type Head = {
  readonly outputs: number;
  /** channels x outputs. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
};

/** Where faces are read off: so many anchors on each pixel, so many picture pixels apart. */
export type Detector = {
  readonly stride: number;
  readonly anchors: number;
  /** One logit for each anchor. */
  readonly scores: Head;
  /** Sixteen numbers for each anchor: middle, size, then six points of the face. */
  readonly boxes: Head;
};

/** BlazeFace for back cameras, as layers with their weights in the order in which they are used. */
export type FaceModel = {
  /** 75 x 24: rows, columns, input channels, then what they become. */
  readonly stem: { readonly weights: Float32Array; readonly bias: Float32Array };
  readonly blocks: readonly Block[];
  /** Read off what the last but one block gives, and off the last. */
  readonly fine: Detector;
  readonly coarse: Detector;
};

export const STEM_CHANNELS = 24;
const BLOCKS = 32;
const FILE = new URL('./model/blazeface-back.onnx', import.meta.url);

/** Reads the model that comes with the engine. */
export async function loadFaceModel(): Promise<FaceModel> {
  return faceModelOf(readConvolutions(new Uint8Array(await readFile(FILE))));
}

/** @param layers in the order of the graph: the stem, 32 blocks of two, and four heads */
export function faceModelOf(layers: readonly Convolution[]): FaceModel {
  const [stem, ...others] = layers;
  const [coarseBoxes, coarseScores, fineBoxes, fineScores] = others.slice(2 * BLOCKS).map(headOf);
  if (
    stem === undefined ||
    coarseBoxes === undefined ||
    coarseScores === undefined ||
    fineBoxes === undefined ||
    fineScores === undefined
  )
    throw new EngineError('internal', 'The model that finds faces has another form.');
  return {
    stem: { weights: reorder(stem, [2, 3, 1, 0]), bias: biasOf(stem) },
    blocks: Array.from({ length: BLOCKS }, (_, i) => blockOf(others, i)),
    fine: { stride: 16, anchors: 2, scores: fineScores, boxes: fineBoxes },
    coarse: { stride: 32, anchors: 6, scores: coarseScores, boxes: coarseBoxes },
  };
}

function blockOf(layers: readonly Convolution[], index: number): Block {
  const [depthwise, mixing] = [layers[2 * index], layers[2 * index + 1]];
  if (depthwise === undefined || mixing === undefined)
    throw new EngineError('internal', 'The model that finds faces lacks layers.');
  return {
    channels: depthwise.shape[0] ?? 0,
    intoChannels: mixing.shape[0] ?? 0,
    shrink: depthwise.stride === 2 ? 2 : 1,
    keep: index < BLOCKS - 1,
    depthwise: reorder(depthwise, [2, 3, 1, 0]),
    mixing: reorder(mixing, [2, 3, 1, 0]),
    bias: biasOf(mixing),
  };
}

function headOf(layer: Convolution): Head {
  return {
    outputs: layer.shape[0] ?? 0,
    weights: reorder(layer, [2, 3, 1, 0]),
    bias: biasOf(layer),
  };
}

function biasOf({ bias }: Convolution): Float32Array {
  if (bias === null)
    throw new EngineError('internal', 'A layer of the model that finds faces has no bias.');
  return bias;
}

/** The weights with their axes in another order, e.g. rows, columns, inputs, outputs. */
function reorder({ shape, weights }: Convolution, order: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const sizes = order.map((axis) => shape[axis] ?? 1);
  return Float32Array.from({ length: weights.length }, (_, index) => {
    let [rest, at] = [index, 0];
    for (let i = order.length - 1; i >= 0; i--) {
      const size = sizes[i] as number;
      at += (rest % size) * (strides[order[i] as number] as number);
      rest = Math.floor(rest / size);
    }
    return weights[at] as number;
  });
}
