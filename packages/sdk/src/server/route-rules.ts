import { parseSize, type Size } from '../shared/rules.ts';
import type { FileMetadata, UploadRules } from '../shared/types.ts';
import type { FileKeeping } from './file-changes.ts';
import { describeIssues, type StandardSchema } from './standard-schema.ts';

/** Pixels of a picture, upright. What is left out is not limited. */
export interface ImageLimits {
  readonly minWidth?: number | undefined;
  readonly maxWidth?: number | undefined;
  readonly minHeight?: number | undefined;
  readonly maxHeight?: number | undefined;
}

/** What metadata have to be. */
export interface MetadataLimits {
  readonly fields: readonly {
    readonly name: string;
    readonly type: 'string' | 'number' | 'boolean';
    readonly required: boolean;
    readonly maxLength: number | null;
    readonly values: readonly string[] | null;
  }[];
  /** Whether there may be other fields beside these. */
  readonly others: boolean;
}

/** Rules that an upload brings along; Slipway holds them beside those of the project. */
export interface RequestRules {
  /** MIME types (`image/png`, `image/*`) or extensions (`.dng`). */
  readonly allowedTypes?: readonly string[] | undefined;
  /** Bytes. */
  readonly minSize?: number | undefined;
  /** Bytes. */
  readonly maxSize?: number | undefined;
  readonly image?: ImageLimits | undefined;
  readonly metadata?: MetadataLimits | undefined;
  /** Behind the project's own at the beginning of object keys: lower-case letters, digits and dashes. */
  readonly keyPrefix?: string | undefined;
  readonly dedupe?: boolean | undefined;
  readonly replace?: boolean | undefined;
}

/** The rules of a route, and how its files are kept. What is left out is up to the project alone. */
export interface RouteOptions<
  Schema extends StandardSchema | undefined,
  Kept extends StandardSchema<unknown, object> | undefined = undefined,
> extends FileKeeping {
  /** MIME types (`image/png`, `image/*`) or extensions (`.dng`). */
  readonly types?: readonly string[] | undefined;
  /** Bytes, or text such as `'10KB'`. */
  readonly minSize?: Size | undefined;
  /** Bytes, or text such as `'4MB'`. */
  readonly maxSize?: Size | undefined;
  /** Files in one selection. Default 1. */
  readonly maxFiles?: number | undefined;
  /** Pixels of pictures; looked at in their bytes once these are there. */
  readonly image?: ImageLimits | undefined;
  /** Object keys begin with it, behind the project's own. */
  readonly keyPrefix?: string | undefined;
  /** Whether files of the same bytes share one object in the storage. Default: what the project says. */
  readonly dedupe?: boolean | undefined;
  /** Whether a file with the customId of another becomes its new version. Default: what the project says. */
  readonly replace?: boolean | undefined;
  /** A schema for what the browser says besides the files: Zod, Valibot, ArkType … */
  readonly input?: Schema;
  /** A schema for the metadata kept with each file; others are refused. */
  readonly metadata?: Kept;
}

/** What of a route's options concerns its files. */
export interface RoutePolicy {
  /** What browsers are told. */
  readonly rules: UploadRules;
  /** What Slipway is told. */
  readonly limits: RequestRules;
  readonly keeping: FileKeeping;
  /** The metadata as the schema makes them, or what is wrong with them. */
  readonly checkMetadata: (
    metadata: FileMetadata,
  ) => Promise<{ readonly value: FileMetadata } | { readonly problem: string }>;
}

const TYPE =
  /^(\.[0-9a-z]{1,10}){1,3}$|^[a-z0-9][a-z0-9!#$&^_.+-]*\/(\*|[a-z0-9][a-z0-9!#$&^_.+-]*)$|^\*\/\*$/i;

/** Slipway's way to say it: no list where every type may come. */
function readTypes(types: readonly string[]): readonly string[] | undefined {
  const wrong = types.find((type) => !TYPE.test(type));
  if (wrong !== undefined) {
    throw new TypeError(
      `Expected a type such as image/png or image/*, or an extension such as .dng, but received “${wrong}”`,
    );
  }
  const any = types.length === 0 || types.includes('*/*');
  return any ? undefined : types.map((type) => type.toLowerCase());
}

/** Reads the options of a route; sizes and types that are none are an error at the start. */
export function readPolicy(
  options: RouteOptions<StandardSchema | undefined, StandardSchema<unknown, object> | undefined>,
): RoutePolicy {
  const { types = [], maxFiles = 1, image, keyPrefix, metadata: schema } = options;
  const { dedupe, replace } = options;
  const minSize = options.minSize === undefined ? undefined : parseSize(options.minSize);
  const maxSize = options.maxSize === undefined ? null : parseSize(options.maxSize);
  const { folder, tags, visibility, expiresInDays, temporary, confirmWithinHours } = options;
  return {
    rules: { types, minSize, maxSize, maxFiles },
    limits: {
      allowedTypes: readTypes(types),
      minSize,
      maxSize: maxSize ?? undefined,
      image,
      keyPrefix,
      dedupe,
      replace,
    },
    keeping: { folder, tags, visibility, expiresInDays, temporary, confirmWithinHours },
    checkMetadata: async (metadata) => {
      if (!schema) return { value: metadata };
      const result = await schema['~standard'].validate(metadata);
      return result.issues
        ? { problem: describeIssues(result.issues) }
        : { value: result.value as FileMetadata };
    },
  };
}

/** Of a route's word and that for one file the stricter; the file's folder is below the route's. */
export function stricter(route: FileKeeping, file: FileKeeping): FileKeeping {
  const least = (...values: (number | undefined)[]) => {
    const known = values.filter((value) => value !== undefined);
    return known[0] === undefined ? undefined : Math.min(...known);
  };
  const tags = [...(route.tags ?? []), ...(file.tags ?? [])];
  const isPrivate = route.visibility === 'private' || file.visibility === 'private';
  return {
    folder: [route.folder, file.folder].filter(Boolean).join('/') || undefined,
    tags: tags[0] ? [...new Set(tags)] : undefined,
    visibility: isPrivate ? 'private' : (file.visibility ?? route.visibility),
    expiresInDays: least(route.expiresInDays, file.expiresInDays),
    temporary: route.temporary || file.temporary,
    confirmWithinHours: least(route.confirmWithinHours, file.confirmWithinHours),
  };
}
