import { expect, it } from 'vitest';
import { brokenRule } from './check-rules.ts';

const rules = { allowedTypes: ['image/*', 'application/pdf'], maxSize: 5 * 1024 * 1024 };

it.each([
  { name: 'a.png', size: 10, type: 'image/png' },
  { name: 'a.pdf', size: 10, type: 'application/pdf; version=1' },
  { name: 'unknown.bin', size: 10, type: '' },
])('lets $name through', (file) => {
  expect(brokenRule(file, rules)).toBeUndefined();
});

it('says what was expected and what came', () => {
  expect(brokenRule({ name: 'a.mp4', size: 10, type: 'video/mp4' }, rules)).toBe(
    'Expected image/* or application/pdf, this file is video/mp4.',
  );
  expect(brokenRule({ name: 'a.png', size: 6 * 1024 * 1024, type: 'image/png' }, rules)).toBe(
    'Expected at most 5 MB, this file has 6 MB.',
  );
});

it('does not take imagex/png for image/*', () => {
  expect(brokenRule({ name: 'a', size: 1, type: 'imagex/png' }, rules)).toBeDefined();
});
