import { expect, it } from 'vitest';
import { previewKind } from './preview-kind.ts';

it.each([
  ['image/png', 'image'],
  // As a picture an SVG runs no scripts.
  ['image/svg+xml', 'image'],
  ['image/tiff', 'none'],
  ['video/mp4', 'video'],
  ['audio/mpeg', 'audio'],
  ['application/pdf', 'pdf'],
  ['text/html', 'text'],
  ['application/ld+json', 'text'],
  ['application/zip', 'none'],
])('%s is shown as %s', (type, kind) => {
  expect(previewKind(type)).toBe(kind);
});
