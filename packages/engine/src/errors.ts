/** Every reason the engine refuses or gives up. Codes are stable: callers store and translate them. */
export const ENGINE_ERROR_CODES = [
  'no_frames',
  'too_many_frames',
  'empty_file',
  'unreadable_file',
  'not_an_image',
  'unsupported_format',
  'too_many_bytes',
  'too_many_pixels',
  'too_small',
  'truncated',
  'damaged',
  'size_mismatch',
  'invalid_options',
  'invalid_request',
  'write_failed',
  'cancelled',
  'timed_out',
  'out_of_memory',
  'crashed',
  'internal',
] as const;

export type EngineErrorCode = (typeof ENGINE_ERROR_CODES)[number];

const KNOWN_CODES: ReadonlySet<string> = new Set(ENGINE_ERROR_CODES);

/** True for a string that is one of the engine's error codes. */
export function isEngineErrorCode(code: string): code is EngineErrorCode {
  return KNOWN_CODES.has(code);
}

/**
 * The only error the engine throws on purpose. `message` is written for a photographer: it names
 * the file, says what was expected and what came. The technical reason stays in `cause`.
 */
export class EngineError extends Error {
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'EngineError';
    this.code = code;
  }
}

/** Wraps anything unknown as `internal`, refused allocations as `out_of_memory`, and leaves EngineErrors alone. */
export function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  if (error instanceof RangeError && /allocation failed/i.test(error.message)) {
    return new EngineError(
      'out_of_memory',
      'The exposures need more memory than is available. Fewer or smaller exposures would help.',
      {
        cause: error,
      },
    );
  }
  return new EngineError(
    'internal',
    'Something went wrong inside the photo engine. The original photos are untouched.',
    {
      cause: error,
    },
  );
}
