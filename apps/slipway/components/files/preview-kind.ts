const KINDS = [
  ['image', /^image\/(png|jpeg|gif|webp|avif|bmp|svg\+xml|x-icon|tiff)$/],
  ['video', /^video\/(mp4|webm|ogg|quicktime)$/],
  ['audio', /^audio\//],
  ['pdf', /^application\/pdf$/],
  ['text', /^text\/|^application\/(json|xml|yaml|x-yaml|javascript|x-sh|sql)$|\+(json|xml)$/],
] as const;

/** How a file of this type is shown. Pages and scripts are shown as their text. */
export function previewKind(type: string): (typeof KINDS)[number][0] | 'none' {
  return KINDS.find(([, pattern]) => pattern.test(type))?.[0] ?? 'none';
}

const MARKS = [
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
] as const;

/** The text in these bytes; a letter that was cut off at their end is left out. */
export function decodeText(bytes: ArrayBuffer, isWhole: boolean): string {
  const start = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength));
  const [encoding] = MARKS.find(([, mark]) => mark.every((byte, i) => start[i] === byte)) ?? [];
  const decoder = new TextDecoder(encoding ?? 'utf-8');
  return decoder.decode(bytes, { stream: !isWhole });
}

/** Whether it begins as a PDF does, and not only says so. */
export function isPdf(bytes: ArrayBuffer): boolean {
  const start = new Uint8Array(bytes, 0, Math.min(1024, bytes.byteLength));
  return new TextDecoder('latin1').decode(start).includes('%PDF-');
}
