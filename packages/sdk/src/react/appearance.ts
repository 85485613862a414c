import type { CSSProperties } from 'react';

/** The parts that can be dressed. */
export type Part =
  | 'root'
  | 'button'
  | 'dropzone'
  | 'hint'
  | 'list'
  | 'item'
  | 'name'
  | 'text'
  | 'bar'
  | 'action';

/** Classes (text) or styles (object) by part. */
export type Appearance = Readonly<Partial<Record<Part, string | CSSProperties>>>;

/** The `className` and `style` of one part. */
export function dress(
  appearance: Appearance | undefined,
  part: Part,
  extra = '',
): { className: string; style?: CSSProperties } {
  const own = appearance?.[part];
  const className = [`slipway-${part}`, extra, typeof own === 'string' ? own : '']
    .filter(Boolean)
    .join(' ');
  return typeof own === 'object' ? { className, style: own } : { className };
}
