import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { EngineError } from '../errors.ts';
import { createRandom } from '../testing/random.ts';
import { faceModelOf } from './face-model.ts';
import { readConvolutions } from './onnx.ts';

/** A field of a Protocol Buffers message: bytes. Everything here is shorter than 128. */
const field = (number: number, bytes: readonly number[]): number[] => [
  (number << 3) | 2,
  bytes.length,
  ...bytes,
];
const integer = (number: number, value: number): number[] => [number << 3, value];
const text = (number: number, value: string): number[] =>
  field(number, [...new TextEncoder().encode(value)]);
const floats = (...values: number[]): number[] => [
  ...new Uint8Array(Float32Array.from(values).buffer),
];

const weights = [
  ...field(1, [1, 2]),
  ...integer(2, 1),
  ...text(8, 'w'),
  ...field(9, floats(0.5, -2)),
];
const bias = [...integer(1, 1), ...integer(2, 1), ...field(4, floats(3)), ...text(8, 'b')];
const strides = [...text(1, 'strides'), ...field(8, [2, 2])];
const conv = [
  ...text(1, 'x'),
  ...text(1, 'w'),
  ...text(1, 'b'),
  ...text(4, 'Conv'),
  ...field(5, strides),
];
const graph = [
  ...field(1, text(4, 'Relu')),
  ...field(1, conv),
  ...field(5, weights),
  ...field(5, bias),
];

test('reads a convolution with its weights, packed or not', () => {
  expect(readConvolutions(Uint8Array.from(field(7, graph)))).toEqual([
    {
      shape: [1, 2],
      weights: Float32Array.of(0.5, -2),
      bias: Float32Array.of(3),
      stride: 2,
    },
  ]);
});

test.each([
  ['empty', []],
  ['cut off', field(7, graph).slice(0, -3)],
  ['without weights', field(7, field(1, conv))],
  [
    'with weights that are too short',
    field(7, [...field(1, conv), ...field(5, weights.slice(0, -4))]),
  ],
])('refuses a file that is %s', (_name, bytes) => {
  expect(() => readConvolutions(Uint8Array.from(bytes))).toThrow(EngineError);
});

test('the model has the form that is expected, and any other is refused', async () => {
  const layers = readConvolutions(
    new Uint8Array(await readFile(new URL('model/blazeface-back.onnx', import.meta.url))),
  );
  const { blocks, fine, coarse } = faceModelOf(layers);
  expect(blocks.map(({ channels }) => channels)).toEqual(
    [...new Array(16).fill(24), ...new Array(8).fill(48), ...new Array(8).fill(96)].toSpliced(
      23,
      1,
      48,
    ),
  );
  expect(blocks.flatMap(({ shrink }, i) => (shrink === 2 ? [i] : []))).toEqual([7, 15, 23, 31]);
  expect([fine.scores.outputs, fine.boxes.outputs]).toEqual([2, 32]);
  expect([coarse.scores.outputs, coarse.boxes.outputs]).toEqual([6, 96]);
  expect(() => faceModelOf(layers.slice(1))).toThrow(EngineError);
});

test('survives any damage: layers or an EngineError, never anything else', async () => {
  const file = new Uint8Array(
    await readFile(new URL('model/blazeface-back.onnx', import.meta.url)),
  );
  const random = createRandom(3);
  for (let round = 0; round < 20; round++) {
    const broken = file.slice(0, Math.floor(random() * file.length));
    for (let hit = 0; hit < 20; hit++)
      broken[Math.floor(random() * Math.min(2000, broken.length))] = Math.floor(random() * 256);
    try {
      faceModelOf(readConvolutions(broken));
    } catch (error) {
      expect(error).toBeInstanceOf(EngineError);
    }
  }
});
