import { expect, test } from 'vitest';
import { DEFAULT_RULES, type ProjectRules } from '../project/schema.ts';
import { checkMetadata } from './check-metadata.ts';
import { checkUploadRules } from './check-rules.ts';
import { effectiveRules } from './effective-rules.ts';

const NOW = new Date('2026-01-01T00:00:00Z');
const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

type Wish = Parameters<typeof effectiveRules>[1];
const of = (project: Partial<ProjectRules>, wish: Wish) =>
  effectiveRules({ ...DEFAULT_RULES, ...project }, wish, { now: NOW });

const NO_PIXELS = { minWidth: null, maxWidth: null, minHeight: null, maxHeight: null };

// Whichever is stricter, of project and request.
test.each<[string, Partial<ProjectRules>, Wish, Partial<ReturnType<typeof of>>]>([
  ['smaller of both sizes: request', { maxSize: 9 }, { rules: { maxSize: 5 } }, { maxSize: 5 }],
  ['smaller of both sizes: project', { maxSize: 5 }, { rules: { maxSize: 9 } }, { maxSize: 5 }],
  ['larger least size: request', { minSize: 1 }, { rules: { minSize: 3 } }, { minSize: 3 }],
  ['larger least size: project', { minSize: 3 }, { rules: { minSize: 1 } }, { minSize: 3 }],
  [
    'private wins in a request',
    { visibility: 'public' },
    { visibility: 'private' },
    { isPrivate: true },
  ],
  [
    'private holds whatever becomes of the project',
    { visibility: 'private' },
    { visibility: 'private' },
    { isPrivate: true },
  ],
  [
    'public opens nothing',
    { visibility: 'private' },
    { visibility: 'public' },
    { isPrivate: false },
  ],
  ['folders below folders', { folder: 'app' }, { folder: 'a/b' }, { folder: 'app/a/b' }],
  ['earlier end: project', { expireAfterDays: 2 }, { expiresInDays: 9 }, { deleteAt: inDays(2) }],
  ['earlier end: request', { expireAfterDays: 9 }, { expiresInDays: 2 }, { deleteAt: inDays(2) }],
  [
    'a time',
    { expireAfterDays: 9 },
    { expiresAt: inDays(1).toISOString() },
    { deleteAt: inDays(1) },
  ],
  ['none expires', {}, {}, { deleteAt: null, confirmBy: null }],
  ['temporary for a day', {}, { temporary: true }, { confirmBy: inDays(1) }],
  ['temporary for the project', { confirmWithinHours: 48 }, {}, { confirmBy: inDays(2) }],
  ['nobody opts out', { confirmWithinHours: 48 }, { temporary: false }, { confirmBy: inDays(2) }],
  [
    'sooner of both',
    { confirmWithinHours: 48 },
    { confirmWithinHours: 24 },
    { confirmBy: inDays(1) },
  ],
  [
    'pixels of both',
    { image: { ...NO_PIXELS, minWidth: 10, maxWidth: 100 } },
    { rules: { image: { ...NO_PIXELS, minWidth: 20, maxWidth: 200, maxHeight: 7 } } },
    { image: { minWidth: 20, maxWidth: 100, minHeight: null, maxHeight: 7 } },
  ],
  [
    'what the project says of the route, too',
    { maxSize: 9, minSize: 1, routes: { a: { maxSize: 7, minSize: 2, expireAfterDays: 3 } } },
    { route: 'a', rules: { maxSize: 8, minSize: 3 }, expiresInDays: 4 },
    { maxSize: 7, minSize: 3, deleteAt: inDays(3) },
  ],
  [
    'a route that is somebody else’s',
    { maxSize: 9, routes: { a: { maxSize: 7 } } },
    { route: 'constructor' },
    { maxSize: 9 },
  ],
  [
    'a route’s place is within the project’s, the request’s within both',
    { folder: 'app', keyPrefix: 'web', routes: { a: { folder: 'b', keyPrefix: 'x' } } },
    { route: 'a', folder: 'c', rules: { keyPrefix: 'y' } },
    { folder: 'app/b/c', keyPrefix: 'web-x-y' },
  ],
  [
    'a route is private in a public project',
    { visibility: 'public', routes: { a: { visibility: 'private' } } },
    { route: 'a', visibility: 'public' },
    { isPrivate: true },
  ],
  [
    'the soonest of all three',
    { confirmWithinHours: 72, routes: { a: { confirmWithinHours: 24 } } },
    { route: 'a', confirmWithinHours: 48 },
    { confirmBy: inDays(1) },
  ],
  [
    'pixels of all three',
    {
      image: { ...NO_PIXELS, minWidth: 10 },
      routes: { a: { image: { ...NO_PIXELS, maxWidth: 50 } } },
    },
    { route: 'a', rules: { image: { ...NO_PIXELS, minWidth: 20, maxWidth: 60 } } },
    { image: { ...NO_PIXELS, minWidth: 20, maxWidth: 50 } },
  ],
])('%s', (_, project, wish, expected) => {
  expect(of(project, wish)).toMatchObject(expected);
});

const PDF = { name: 'a.PDF', size: 5, type: 'application/pdf' };

test.each([
  [['application/pdf'], true],
  [['application/*'], true],
  [['.pdf'], true],
  [['image/*', '.pdf'], true],
  [['image/*'], false],
  [['.png'], false],
  [['applicationx/*'], false],
  [[], true],
])('types %j take a PDF: %s', (allowed, taken) => {
  const check = () => checkUploadRules(PDF, of({ allowedTypes: allowed }, {}));
  if (taken) check();
  else expect(check).toThrow(expect.objectContaining({ code: 'file_type_not_allowed' }));
});

test('a route takes no type that the project does not, and the other way round', () => {
  const [pdf, image] = [['application/pdf'], ['image/*']];
  for (const [mine, routes, requests] of [
    [pdf, pdf, image],
    [pdf, image, pdf],
    [image, pdf, pdf],
  ] as const) {
    const project = { allowedTypes: [...mine], routes: { a: { allowedTypes: [...routes] } } };
    const rules = of(project, { route: 'a', rules: { allowedTypes: [...requests] } });
    expect(() => checkUploadRules(PDF, rules)).toThrow(
      expect.objectContaining({ code: 'file_type_not_allowed' }),
    );
  }
});

test('a file that is too small says so', () => {
  expect(() => checkUploadRules(PDF, of({ minSize: 6 }, {}))).toThrow(
    expect.objectContaining({ code: 'file_too_small' }),
  );
  checkUploadRules(PDF, of({ minSize: 5 }, {}));
});

const FIELD = {
  name: 'album',
  type: 'string',
  required: true,
  maxLength: 5,
  values: null,
} as const;

test.each([
  [{ album: 'a' }, true],
  [{ album: 'a', other: 1 }, false],
  [{}, false],
  [{ album: null }, false],
  [{ album: 5 }, false],
  [{ album: 'longer' }, false],
])('metadata %j are right: %s', (metadata, right) => {
  const check = () => checkMetadata(metadata, { fields: [FIELD], others: false });
  if (right) check();
  else expect(check).toThrow(expect.objectContaining({ code: 'metadata_invalid' }));
});

test('metadata are one of the values that were named', () => {
  const rules = { fields: [{ ...FIELD, maxLength: null, values: ['a', 'b'] }], others: true };
  checkMetadata({ album: 'b', more: true }, rules);
  expect(() => checkMetadata({ album: 'c' }, rules)).toThrow(/one of a, b/);
});
