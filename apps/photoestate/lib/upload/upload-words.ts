/** What is known of an upload that was not taken. */
type Refused = { name: string; type: string; size: number };
type Problem = { code: string; message: string; status: number; requestId: string | null };

const raw =
  /\.(?:3fr|arw|cr2|cr3|crw|dng|erf|fff|iiq|kdc|mef|mos|mrw|nef|nrw|orf|pef|raf|raw|rw2|rwl|sr2|srf|srw|x3f)$/i;
const heic = /\.(?:heic|heif|hif)$/i;

/** Codes that say: the file is not what the product takes, by its name or by its content. */
const wrongKind = new Set(['file_type_not_allowed', 'type_mismatch', 'type_not_allowed']);

/** Whether dropping the very same file again must end the same way. */
export function isHopeless(file: Pick<Refused, 'size'>, { code }: Pick<Problem, 'code'>): boolean {
  return file.size === 0 || wrongKind.has(code) || code === 'file_too_large';
}

/** Codes whose own sentences are written for developers. */
const technical = new Set(['invalid_request', 'size_mismatch', 'digest_mismatch']);

/** Why a file was not taken, and what to do about it, in a photographer's words. */
export function uploadWords(file: Refused, problem: Problem): string {
  const { code, message } = problem;
  if (file.size === 0) return 'This file is empty. Copy it from the card again.';
  if (wrongKind.has(code) || code === 'upload_rejected') return kindWords(file, problem);
  if (technical.has(code)) return 'The file did not arrive whole. Drop it again.';
  if (code === 'callback_failed') {
    return withId('The photo has arrived; it will appear here in a few minutes.', problem);
  }
  return problem.status >= 500 ? withId(message, problem) : message;
}

function kindWords(file: Refused, { code, message }: Problem): string {
  // What our own route refuses is said in its own words.
  if (code === 'upload_rejected') return message;
  if (raw.test(file.name)) {
    return code === 'file_type_not_allowed'
      ? 'This camera’s RAW files cannot be read yet. Export the photo as DNG, JPEG or TIFF and drop it again.'
      : 'This RAW file is damaged or holds something else. Copy it from the card again.';
  }
  if (heic.test(file.name) || /^image\/hei[cf]/.test(file.type)) {
    return 'This HEIC file cannot be read. Export it as JPEG and drop it again.';
  }
  if (/^image\//.test(file.type) && code === 'file_type_not_allowed') {
    return 'This kind of picture cannot be used. Export it as JPEG or TIFF and drop it again.';
  }
  return 'This is not a photo. JPEG, RAW, HEIC, TIFF, PNG, WebP and AVIF can be used.';
}

function withId(text: string, { requestId }: Problem): string {
  return requestId === null ? text : `${text} (Reference ${requestId})`;
}
