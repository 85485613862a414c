import { DELIVERIES, DELIVERY_NAMES } from '../encode/deliveries.ts';
import type { PhotoTexts } from '../encode/edit-record.ts';
import { METADATA_POLICIES } from '../encode/file-metadata.ts';
import { EngineError } from '../errors.ts';
import {
  checkChoice,
  checkFlag,
  checkKeys,
  checkName,
  checkNumber,
  checkRecord,
  checkText,
} from './checks.ts';
import type { OutputOptions, PreviewOptions, ResolvedOutput, ResolvedPreview } from './options.ts';

const FORMATS = ['jpeg', 'webp', 'png'] as const;
const CHROMAS = ['4:4:4', '4:2:0'] as const;
const GAMUTS = ['srgb', 'p3'] as const;
const SIDES = [16, 65_535] as const;
/** Below 10 kB there is no photo left. */
const BUDGETS = [10_000, 1_000_000_000] as const;
const QUALITIES = [1, 100] as const;
const MAX_PREVIEWS = 32;
const LONGEST_TEXT = 2000;

/** What the fields of files may be, for who explains them. */
export const FILE_VALUES = {
  formats: FORMATS,
  chromas: CHROMAS,
  gamuts: GAMUTS,
  policies: METADATA_POLICIES,
  qualities: QUALITIES,
  sides: SIDES,
  budgets: BUDGETS,
} as const;

/** @throws EngineError `invalid_options` */
export function resolveOutput(output: OutputOptions): ResolvedOutput {
  const given = checkRecord('output', output);
  checkKeys('output', given, [
    ...['format', 'quality', 'maxWidth', 'chroma', 'gamut'],
    ...['metadata', 'captureDate', 'location', 'texts'],
  ]);
  return {
    format: checkChoice('output.format', output.format ?? 'jpeg', FORMATS),
    quality: checkNumber('output.quality', output.quality ?? 92, QUALITIES),
    maxWidth: optionalSide('output.maxWidth', output.maxWidth),
    chroma: checkChoice('output.chroma', output.chroma ?? '4:4:4', CHROMAS),
    gamut: checkChoice('output.gamut', output.gamut ?? 'srgb', GAMUTS),
    metadata: checkChoice('output.metadata', output.metadata ?? 'credit', METADATA_POLICIES),
    captureDate: checkFlag('output.captureDate', output.captureDate ?? false),
    location: checkFlag('output.location', output.location ?? false),
    texts: resolveTexts(output.texts ?? {}),
  };
}

function resolveTexts(texts: Partial<PhotoTexts>): PhotoTexts {
  checkKeys('output.texts', checkRecord('output.texts', texts), [
    ...['title', 'altText', 'artist', 'copyright'],
  ]);
  const text = (key: keyof PhotoTexts): string | null => {
    const value = texts[key] ?? null;
    return value === null ? null : checkText(`output.texts.${key}`, value, LONGEST_TEXT);
  };
  return {
    title: text('title'),
    altText: text('altText'),
    artist: text('artist'),
    copyright: text('copyright'),
  };
}

/** @throws EngineError `invalid_options` */
export function resolvePreviews(previews: readonly PreviewOptions[]): ResolvedPreview[] {
  if (!Array.isArray(previews) || previews.length > MAX_PREVIEWS) {
    throw new EngineError(
      'invalid_options',
      `Expected previews to be a list of at most ${MAX_PREVIEWS} sizes but received ${Array.isArray(previews) ? previews.length : typeof previews}.`,
    );
  }
  const resolved = previews.map((preview, index) => resolvePreview(`previews[${index}]`, preview));
  const names = new Set(resolved.map((preview) => preview.name));
  if (names.size < resolved.length || names.has('image')) {
    throw new EngineError(
      'invalid_options',
      'Expected every preview to have its own name, other than "image", which is the full-size photo.',
    );
  }
  return resolved;
}

/** @throws EngineError `invalid_options` */
export function resolvePreview(path: string, preview: PreviewOptions): ResolvedPreview {
  checkKeys(path, checkRecord(path, preview), [
    ...['name', 'delivery', 'maxWidth', 'maxHeight', 'maxBytes', 'format', 'quality'],
  ]);
  const name = preview.delivery ?? null;
  const delivery = name === null ? null : checkChoice(`${path}.delivery`, name, DELIVERY_NAMES);
  const rules = delivery === null ? null : DELIVERIES[delivery];
  const maxWidth = preview.maxWidth ?? rules?.maxWidth;
  const resolved = {
    name: checkName(`${path}.name`, preview.name),
    delivery,
    maxWidth: Math.round(checkNumber(`${path}.maxWidth`, maxWidth, SIDES)),
    maxHeight: optionalSide(`${path}.maxHeight`, given(preview.maxHeight, rules?.maxHeight)),
    maxBytes: optionalBytes(`${path}.maxBytes`, given(preview.maxBytes, rules?.maxBytes)),
    format: checkChoice(`${path}.format`, preview.format ?? 'jpeg', FORMATS),
    quality: checkNumber(`${path}.quality`, preview.quality ?? rules?.quality ?? 82, QUALITIES),
  };
  if (resolved.format === 'png' && resolved.maxBytes !== null) {
    throw new EngineError(
      'invalid_options',
      `Expected ${path} to be a JPEG or WebP, because a PNG cannot be made to fit ${resolved.maxBytes} bytes.`,
    );
  }
  return resolved;
}

/** `null` is an answer: no limit, also where a delivery has one. */
function given(value: number | null | undefined, otherwise: number | null | undefined) {
  return value === undefined ? otherwise : value;
}

function optionalSide(path: string, value: number | null | undefined): number | null {
  return value == null ? null : Math.round(checkNumber(path, value, SIDES));
}

function optionalBytes(path: string, value: number | null | undefined): number | null {
  return value == null ? null : Math.floor(checkNumber(path, value, BUDGETS));
}
