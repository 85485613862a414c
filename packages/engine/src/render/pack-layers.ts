import type { FusionPlan } from '../plan/plan.ts';
import { WEIGHT_ONE } from './planes.ts';

/** Samples of a small plane, 1.0 = WEIGHT_ONE. */
export type PackedPlane = {
  readonly width: number;
  readonly height: number;
  readonly data: Int16Array;
};

/** A layer of the fusion as the kernels take it; half as large as with floats. */
export type PackedLayer = {
  readonly source: number;
  readonly curve: Float32Array | null;
  readonly weights: readonly PackedPlane[];
};

export function packLayers({ layers }: FusionPlan): readonly PackedLayer[] {
  return layers.map(({ source, curve, weights }) => ({
    source,
    curve,
    weights: weights.map(({ width, height, data }) => ({ width, height, data: packed(data) })),
  }));
}

function packed(values: Float32Array): Int16Array {
  const out = new Int16Array(values.length);
  for (let i = 0; i < out.length; i++) {
    const value = ((values[i] as number) * WEIGHT_ONE + 0.5) | 0;
    out[i] = value < 32_767 ? value : 32_767;
  }
  return out;
}
