import type { z } from 'zod';
import { RequestUpload } from '../file/schema.ts';
import { parseUploadMetadata } from './upload-metadata.ts';
import type { UploadTokenLimits } from './upload-token-schema.ts';

const ANY_TYPE = 'application/octet-stream';
/** Pairs with a meaning of their own; clients use one name or the other. */
const NAMES = ['filename', 'name'];
const TYPES = ['filetype', 'type', 'contentType'];
const SHA256 = 'sha256';
const CUSTOM_ID = 'customId';
const REPLACE = 'replace';
const KNOWN = new Set([...NAMES, ...TYPES, SHA256, CUSTOM_ID, REPLACE]);

/**
 * What a creation announces, from its `Upload-Metadata`. With a token the file's id and metadata come
 * from there alone: a server put them in, while the pairs are whatever a browser says.
 */
export function readWish(call: {
  metadata: string | undefined;
  length: number | null;
  limits: UploadTokenLimits | undefined;
}): z.output<typeof RequestUpload> {
  const pairs = parseUploadMetadata(call.metadata);
  const first = (names: string[]) => names.map((name) => pairs.get(name)).find((value) => value);
  const others = Object.fromEntries([...pairs].filter(([name]) => !KNOWN.has(name)));
  const replace = pairs.has(REPLACE) ? pairs.get(REPLACE) === 'true' : undefined;
  const own = call.limits ?? { customId: pairs.get(CUSTOM_ID), metadata: others, replace };
  return RequestUpload.parse({
    name: first(NAMES) ?? 'upload',
    size: call.length ?? 0,
    type: first(TYPES) ?? ANY_TYPE,
    sha256: pairs.get(SHA256),
    ...keepingOf(call.limits),
    customId: own.customId,
    replace: own.replace,
    metadata: own.metadata,
  });
}

/** How the file is kept is the token's word, too. */
function keepingOf(limits: UploadTokenLimits | undefined) {
  if (limits === undefined) return {};
  const { folder, tags, visibility, expiresInDays, expiresAt } = limits;
  const { temporary, confirmWithinHours, route, uploader, rules } = limits;
  return {
    ...{ folder, tags, visibility, expiresInDays, expiresAt },
    ...{ temporary, confirmWithinHours, route, uploader, rules },
  };
}

/** A piece of a later upload: that one has the name and the type. */
export const pieceWish = (length: number | null): z.output<typeof RequestUpload> => ({
  name: 'part of an upload',
  size: length ?? 0,
  type: ANY_TYPE,
});
