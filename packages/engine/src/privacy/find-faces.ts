import type { Pool } from '../parallel/pool.ts';
import type { Picture } from '../pixels/picture.ts';
import { reduceByMean } from '../pixels/reduce.ts';
import type { Detector, FaceModel } from './face-model.ts';
import { readHead, type Tensor } from './network.ts';
import { runFaceNetwork } from './run-network.ts';
import { type Patch, samplePatch } from './sample-patch.ts';

/** A square around a face from brow to chin, in pixels of the picture. */
export type Face = {
  /** Its middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** How sure the network is, 0..1. */
  readonly score: number;
};

/**
 * The network finds faces of 16 to 60 pixels best. Its first look is at the picture enlarged by this,
 * so that faces from 12 pixels on are found, then at halves and halves again.
 */
const ENLARGED = 1.4;
/** The first look is at this many pixels at most, which take 200 MB. */
const MOST_PIXELS = 3_200_000;
/** A picture smaller than this holds no further faces. */
const SMALLEST_SIDE = 96;

/** Least score at the first look: low, because a second one follows. */
const PROMISING = 0.45;
/** Of pictures full of patterns only the best are looked at again. */
const MOST_CANDIDATES = 60;
/** Share of their union that two boxes of the same face have in common, at least. */
const SAME = 0.3;

/** A box of which so much lies in a larger one is a part of that face. */
const PART = 0.5;

/** The second look: the face at these sizes in the middle of a square, as it is and mirrored. */
const SIZES = [24, 36, 52] as const;
const SQUARE = 128;
const VIEWS = SIZES.length * 2;
/** Least mean score of the second look (faces in test photos: 0.58 and up; pans and lamps: 0.55 at most). */
const SURE = 0.57;
/** Numbers of an anchor: middle, size, and six points of the face that are not needed here. */
const NUMBERS = 16;
/** Below this nothing was seen at all. */
const FAINT = 0.02;

/**
 * Finds faces with BlazeFace (Bazarevsky et al. 2019). The network alone sees faces in pans and
 * taps, too; what it sees at one size by chance it does not see at six.
 */
export async function findFaces(pool: Pool, model: FaceModel, picture: Picture): Promise<Face[]> {
  const halves = halvesOf(picture);
  const look = { pool, model, halves };
  const seen: Face[] = [];
  for (let level = 0; level < halves.length; level++) seen.push(...(await lookAt(look, level)));
  const faces: Face[] = [];
  for (const face of withoutDoubles(seen).slice(0, MOST_CANDIDATES)) {
    const score = await lookAgain(look, face);
    if (score >= SURE) faces.push({ ...face, score });
  }
  return withoutParts(faces);
}

type Look = {
  readonly pool: Pool;
  readonly model: FaceModel;
  /** The picture, then half of it, and so on. */
  readonly halves: readonly Picture[];
};

function halvesOf(picture: Picture): Picture[] {
  const halves = [picture];
  for (let last = picture; Math.min(last.width, last.height) >= 2 * SMALLEST_SIDE; ) {
    last = reduceByMean(last, 2);
    halves.push(last);
  }
  return halves;
}

/** Every face that may be in the picture at one size. */
async function lookAt(look: Look, level: number): Promise<Face[]> {
  const picture = look.halves[level] as Picture;
  const { width, height } = picture;
  const zoom = Math.min(ENLARGED, Math.sqrt(MOST_PIXELS / (width * height)));
  const size = { width: Math.ceil(width * zoom), height: Math.ceil(height * zoom) };
  const patch: Patch = { left: 0, top: 0, step: 1 / zoom, mirrored: false, ...padded(size) };
  const faces = await detect(look, samplePatch(picture, patch), PROMISING);
  return faces.map((face) => scaled(face, 2 ** level / zoom));
}

/** The network halves the size five times. */
function padded({ width, height }: { width: number; height: number }) {
  return { width: Math.ceil(width / 32) * 32, height: Math.ceil(height / 32) * 32 };
}

/** Mean score of a face at other sizes and mirrored; 0 as soon as it cannot be enough any more. */
async function lookAgain(look: Look, face: Face): Promise<number> {
  const { halves } = look;
  let [sum, left] = [0, VIEWS];
  for (const size of SIZES) {
    const step = (face.width + face.height) / 2 / size;
    const level = Math.min(halves.length - 1, Math.max(0, Math.floor(Math.log2(step))));
    const picture = halves[level] as Picture;
    const [near, reach] = [scaled(face, 1 / 2 ** level), ((SQUARE / 2) * step) / 2 ** level];
    for (const mirrored of [false, true]) {
      const patch: Patch = {
        left: near.x - reach,
        top: near.y - reach,
        step: step / 2 ** level,
        mirrored,
        width: SQUARE,
        height: SQUARE,
      };
      const found = await detect(look, samplePatch(picture, patch), FAINT);
      const expected = {
        x: SQUARE / 2,
        y: SQUARE / 2,
        width: face.width / step,
        height: face.height / step,
      };
      const same = found.filter((other) => overlap(other, expected) > SAME);
      sum += Math.max(0, ...same.map(({ score }) => score));
      left--;
      if (sum + left < SURE * VIEWS) return 0;
    }
  }
  return sum / VIEWS;
}

/** What the network sees in a tensor, in its pixels, from a least score on. */
async function detect({ pool, model }: Look, input: Tensor, least: number): Promise<Face[]> {
  const { fine, coarse } = await runFaceNetwork(pool, model, input);
  return [...readFaces(model.fine, fine, least), ...readFaces(model.coarse, coarse, least)];
}

/** Boxes are given from the middle of the anchor's pixel. */
function readFaces(detector: Detector, tensor: Tensor, least: number): Face[] {
  const { stride, anchors, scores, boxes } = detector;
  const faces: Face[] = [];
  for (let pixel = 0; pixel < tensor.width * tensor.height; pixel++) {
    const x = ((pixel % tensor.width) + 0.5) * stride;
    const y = (Math.floor(pixel / tensor.width) + 0.5) * stride;
    for (let anchor = 0; anchor < anchors; anchor++) {
      const score = 1 / (1 + Math.exp(-readHead(scores, tensor, { pixel, output: anchor })));
      if (score < least) continue;
      const [dx = 0, dy = 0, width = 0, height = 0] = [0, 1, 2, 3].map((i) =>
        readHead(boxes, tensor, { pixel, output: anchor * NUMBERS + i }),
      );
      faces.push({ x: x + dx, y: y + dy, width, height, score });
    }
  }
  return faces;
}

/** Of boxes of the same face the surest one; the surest face first. */
function withoutDoubles(faces: readonly Face[]): Face[] {
  const kept: Face[] = [];
  for (const face of [...faces].sort((a, b) => b.score - a.score))
    if (kept.every((other) => overlap(other, face) <= SAME)) kept.push(face);
  return kept;
}

/** An eye may pass for a face; it lies in a larger one. */
function withoutParts(faces: readonly Face[]): Face[] {
  return faces.filter((face) =>
    faces.every((other) => other.width <= face.width || shared(face, other) < PART * areaOf(face)),
  );
}

/** Share of the union of two boxes that both have. */
function overlap(a: Box, b: Box): number {
  const both = shared(a, b);
  return both / (areaOf(a) + areaOf(b) - both);
}

function areaOf({ width, height }: Box): number {
  return width * height;
}

function shared(a: Box, b: Box): number {
  return common([a.x, a.width], [b.x, b.width]) * common([a.y, a.height], [b.y, b.height]);
}

/** Middle and length of two stretches. */
function common(a: readonly [number, number], b: readonly [number, number]): number {
  const start = Math.max(a[0] - a[1] / 2, b[0] - b[1] / 2);
  return Math.max(0, Math.min(a[0] + a[1] / 2, b[0] + b[1] / 2) - start);
}

type Box = Omit<Face, 'score'>;

function scaled({ x, y, width, height, score }: Face, factor: number): Face {
  return { x: x * factor, y: y * factor, width: width * factor, height: height * factor, score };
}
