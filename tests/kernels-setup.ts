import { buildKernels } from '../packages/engine/build-kernels.ts';

/** The engine's kernels as their sources are now, also where the tests were started without npm. */
export default async function setup(): Promise<void> {
  await buildKernels();
}
