const KINDS = [
  ['image', /^image\/(png|jpeg|gif|webp|avif|bmp|svg\+xml|x-icon)$/],
  ['video', /^video\/(mp4|webm|ogg|quicktime)$/],
  ['audio', /^audio\//],
  ['pdf', /^application\/pdf$/],
  ['text', /^text\/|^application\/(json|xml|yaml|x-yaml|javascript|x-sh|sql)$|\+(json|xml)$/],
] as const;

/** How a file of this type is shown. Pages and scripts are shown as their text. */
export function previewKind(type: string): (typeof KINDS)[number][0] | 'none' {
  return KINDS.find(([, pattern]) => pattern.test(type))?.[0] ?? 'none';
}
