import type { Part } from './plan.ts';

/**
 * What a header `Range` asks for of `size` bytes: null for all of it, which is also the answer to what is not
 * understood (RFC 9110, 14.2); `unsatisfiable` for what lies behind the end.
 */
export function readRange(header: string | undefined, size: number): Part | null | 'unsatisfiable' {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Math.min(size, Number(last));
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return null;
  if (start >= size) return 'unsatisfiable';
  return { start, end: last === '' ? size : Math.min(size, Number(last) + 1) };
}
