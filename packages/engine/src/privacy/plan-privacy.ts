import type { ShareBox, StepSettings } from '../options/settings.ts';
import type { Pool } from '../parallel/pool.ts';
import type { Picture } from '../pixels/picture.ts';
import type { Rectangle } from '../plan/plan.ts';
import { loadFaceModel } from './face-model.ts';
import { type Face, findFaces } from './find-faces.ts';

/** What is to be blurred, in full-size pixels of the photo. */
export type PrivacyPlan = { readonly boxes: readonly BlurredBox[] };

export type BlurredBox = Rectangle & {
  /** Found by the engine, or asked for. */
  readonly by: 'face' | 'hand';
};

/** The network's box goes from brow to chin and cheek to cheek; hair and ears tell who it is, too. */
const FACE_WIDTH = 1.4;
const FACE_HEIGHT = 1.7;
/** What is added goes above the face rather than below it, as a share of its height. */
const RAISED = 0.12;

/** A photo under work: `scale` full-size pixels for each of its pixels, threads to look at it. */
export type PrivacySource = {
  readonly picture: Picture;
  readonly scale: number;
  readonly pool: Pool;
};

/** Finds the faces in a photo and adds the boxes that were asked for. */
export async function planPrivacy(
  { picture, scale, pool }: PrivacySource,
  settings: StepSettings['privacy'],
): Promise<PrivacyPlan> {
  const full = { width: picture.width * scale, height: picture.height * scale };
  const wanted = settings.boxes.map(withinPhoto).map((box) => ({
    left: box.left * full.width,
    top: box.top * full.height,
    width: box.width * full.width,
    height: box.height * full.height,
    by: 'hand' as const,
  }));
  const faces = await findFaces(pool, await loadFaceModel(), picture);
  return { boxes: [...faces.map((face) => headOf(face, scale)), ...wanted] };
}

/** Sums of shares are rounded. */
const EDGE = 1 + 1e-9;

/** Whether a box reaches over the right or the lower edge of the photo; it begins within. */
export function reachesOver({ left, top, width, height }: ShareBox): boolean {
  return left + width > EDGE || top + height > EDGE;
}

function withinPhoto({ left, top, width, height }: ShareBox): ShareBox {
  return { left, top, width: Math.min(width, 1 - left), height: Math.min(height, 1 - top) };
}

function headOf({ x, y, width, height }: Face, scale: number): BlurredBox {
  const head = { width: width * FACE_WIDTH, height: height * FACE_HEIGHT };
  return {
    left: (x - head.width / 2) * scale,
    top: (y - head.height / 2 - height * RAISED) * scale,
    width: head.width * scale,
    height: head.height * scale,
    by: 'face',
  };
}
