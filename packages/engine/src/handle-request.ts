import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type {
  ChildMessage,
  CopyRequest,
  EngineRequest,
  EnhanceRequest,
  FirstLookMessage,
  FramePath,
  ImageTarget,
  InspectRequest,
  PreviewTarget,
  ProgressMessage,
  WrittenOutput,
} from './child-protocol.ts';
import { makeCopies } from './copies/make-copies.ts';
import { unreadable, unwritable } from './disk-errors.ts';
import type { EncodedImage } from './encoded-image.ts';
import { enhance } from './enhance.ts';
import { EngineError } from './errors.ts';
import { lookAtFrame } from './frames/look-at-frame.ts';
import { readFrameInfo } from './frames/read-frame-info.ts';
import type { EnhanceOptions } from './options/options.ts';
import { resolveOptions } from './options/resolve-options.ts';
import type { InputFrame } from './steps/step.ts';
import { writeWhole } from './write-file.ts';

/** Takes what is told before the answer. */
type Sink = (message: ProgressMessage | FirstLookMessage) => void;

/**
 * Does one request of the child protocol: reads the files, runs the engine, writes the results.
 * @throws EngineError; `unreadable_file` and `write_failed` when the disk is the reason
 */
export async function handleRequest(request: EngineRequest, tell: Sink): Promise<ChildMessage> {
  switch (request.type) {
    case 'enhance':
      return await handleEnhance(request, tell);
    case 'inspect':
      return await handleInspect(request);
    case 'copy':
      return await handleCopy(request);
  }
}

async function handleCopy(request: CopyRequest): Promise<ChildMessage> {
  const { name } = request.photo;
  const { limits = {}, watermark = null } = request;
  const options = resolveOptions({ limits, previews: request.outputs.map(withoutPath) });
  const bytes = await read(request.photo);
  const copies = await makeCopies({ name, bytes, options, watermark });
  return { type: 'copied', outputs: await writeAll(copies, request.outputs) };
}

async function handleEnhance(request: EnhanceRequest, tell: Sink): Promise<ChildMessage> {
  const options = optionsOf(request);
  resolveOptions(options);
  const frames: InputFrame[] = [];
  for (const frame of request.frames) frames.push({ name: frame.name, bytes: await read(frame) });
  let firstLook: Promise<void> = Promise.resolve();
  const { image, previews, report, recipe } = await enhance(frames, options, {
    onProgress: (progress) => tell({ type: 'progress', ...progress }),
    onFirstLook: (look) => {
      // A look that cannot be written is no reason to go without the photo.
      firstLook = tellFirstLook(look, request, tell).catch(() => undefined);
    },
    ...(request.threads === undefined ? {} : { threads: request.threads }),
  });
  await firstLook;
  return {
    type: 'done',
    report,
    recipe,
    outputs: await writeAll([image, ...previews], request.outputs),
  };
}

async function tellFirstLook(
  look: EncodedImage,
  { firstLook }: EnhanceRequest,
  tell: Sink,
): Promise<void> {
  if (firstLook === undefined) return;
  tell({ type: 'firstLook', output: await write(look, firstLook.path) });
}

async function handleInspect(request: InspectRequest): Promise<ChildMessage> {
  const { name } = request.frame;
  const bytes = await read(request.frame);
  const limits = request.limits ?? {};
  const resolved = resolveOptions({ limits, previews: request.outputs.map(withoutPath) });
  const info = await readFrameInfo(bytes, name, limits);
  const { thumbnails, fingerprint, light } = await lookAtFrame({ name, bytes }, resolved);
  const outputs = await writeAll(thumbnails, request.outputs);
  return { type: 'inspected', info, fingerprint, light, outputs };
}

function optionsOf(request: EnhanceRequest): EnhanceOptions {
  const image = request.outputs.find(isImage);
  if (image === undefined)
    throw new EngineError('invalid_request', 'Expected one of the outputs to be named "image".');
  const { name: _name, path: _path, ...output } = image;
  const previews = request.outputs
    .filter((target): target is PreviewTarget => !isImage(target))
    .map(withoutPath);
  return {
    ...request.options,
    output: { ...request.options?.output, ...output },
    previews,
    firstLook: request.firstLook === undefined ? null : withoutPath(request.firstLook),
  };
}

function isImage(target: ImageTarget | PreviewTarget): target is ImageTarget {
  return target.name === 'image';
}

function withoutPath({ path: _path, ...preview }: PreviewTarget): Omit<PreviewTarget, 'path'> {
  return preview;
}

async function read(frame: FramePath): Promise<Uint8Array> {
  try {
    return await readFile(frame.path);
  } catch (cause) {
    throw unreadable({ what: `"${frame.name}"`, path: frame.path }, cause);
  }
}

async function writeAll(
  images: readonly EncodedImage[],
  targets: readonly { readonly name: string; readonly path: string }[],
): Promise<WrittenOutput[]> {
  const written: WrittenOutput[] = [];
  for (const { name, path } of targets) {
    const image = images.find((candidate) => candidate.name === name);
    if (image !== undefined) written.push(await write(image, path));
  }
  return written;
}

async function write(image: EncodedImage, path: string): Promise<WrittenOutput> {
  const { name, width, height, bytes } = image;
  try {
    await writeWhole(path, bytes);
  } catch (cause) {
    throw unwritable({ what: `The result "${name}"`, path }, cause);
  }
  return {
    name,
    path,
    width,
    height,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}
