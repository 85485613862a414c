import { describe, expect, it } from 'vitest';
import { RulesForm, toForm, toRules } from './rules-schema.ts';

const rules = {
  allowedTypes: ['image/*'],
  maxSize: 1024 ** 3,
  maxFiles: null,
  maxTotalSize: null,
  maxFilesPerUploader: null,
  maxBytesPerUploader: null,
  scan: 'when_available' as const,
  visibility: 'private' as const,
  minSize: 0,
  folder: '',
  keyPrefix: '',
  image: null,
  expireAfterDays: null,
  confirmWithinHours: null,
  trashDays: 30,
  versionDays: 30,
  replace: false,
  dedupe: false,
  metadata: null,
};

describe('rules form', () => {
  it.each([1, 1000, 1024, 1536, 25 * 1024 ** 2, 1.5 * 1024 ** 3, 123_456_789, 5 * 1024 ** 4])(
    'gives %d bytes back as they were',
    (maxSize) => {
      expect(toRules(toForm({ ...rules, maxSize })).maxSize).toBe(maxSize);
    },
  );

  it.each(['required', 'when_available', 'off'] as const)('keeps the scan policy %s', (scan) => {
    expect(toRules(toForm({ ...rules, scan }))).toEqual({ ...rules, scan });
  });

  it.each([null, 1, 10 ** 12, 5 * 1024 ** 4])(
    'keeps %s as the most bytes in all',
    (maxTotalSize) => {
      expect(toRules(toForm({ ...rules, maxTotalSize })).maxTotalSize).toBe(maxTotalSize);
    },
  );

  it('gives every rule back as it was', () => {
    const all = {
      ...rules,
      allowedTypes: ['.pdf', 'image/*'],
      minSize: 10,
      maxFilesPerUploader: 20,
      maxBytesPerUploader: 5 * 1024 ** 2,
      folder: 'invoices/2026',
      keyPrefix: 'web',
      image: { minWidth: 100, maxWidth: null, minHeight: null, maxHeight: 4000 },
      expireAfterDays: 7,
      confirmWithinHours: 24,
      trashDays: 0,
      versionDays: null,
      replace: true,
      dedupe: true,
      metadata: {
        fields: [
          {
            name: 'kind',
            type: 'string' as const,
            required: true,
            maxLength: 9,
            values: ['a', 'b'],
          },
          { name: 'n', type: 'number' as const, required: false, maxLength: null, values: null },
        ],
        others: false,
      },
    };
    expect(RulesForm.safeParse(toForm(all)).error).toBeUndefined();
    expect(toRules(toForm(all))).toEqual(all);
    expect(toRules(toForm(rules))).toEqual(rules);
  });

  it('shows a size in its natural unit', () => {
    expect(toForm(rules)).toMatchObject({ size: '1', unit: 'GB', maxFiles: '' });
    expect(toForm({ ...rules, maxSize: 26_214_400, maxFiles: 10 })).toMatchObject({
      size: '25',
      unit: 'MB',
      maxFiles: '10',
    });
    expect(toForm({ ...rules, maxSize: 25_000_000 })).toMatchObject({
      size: '25000000',
      unit: 'bytes',
    });
  });

  it.each([
    [{ size: 'much' }, 'Expected a number'],
    [{ size: '0' }, 'at least 1 byte'],
    [{ size: '6000' }, 'at most 5 TB'],
    [{ maxFiles: '0' }, 'whole number from 1'],
    [{ totalSize: '-1' }, 'at least 1 byte'],
    [{ totalSize: 'all' }, 'Expected a number'],
    [{ maxFiles: '1.5' }, 'whole number from 1'],
    [{ minSize: '2', minUnit: 'GB' }, 'no more than the largest'],
    [{ trashDays: '' }, '0 to 365 days'],
    [{ expireAfterDays: '0' }, '1 to 3650 days'],
    [{ maxWidth: '1e3' }, 'pixels'],
    [{ keyPrefix: 'A' }, 'lower-case'],
    [{ allowedTypes: ['images'] }, 'such as image/png'],
  ])('refuses %o and says what it expected', (change, message) => {
    const result = RulesForm.safeParse({ ...toForm(rules), ...change });
    expect(result.error?.issues[0]?.message).toContain(message);
  });
});
