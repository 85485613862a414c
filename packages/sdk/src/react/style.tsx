import type { ReactElement } from 'react';
import { CSS } from '../ui/css.ts';

interface StyleProps {
  readonly nonce: string | undefined;
  /** One copy is kept by this name. */
  readonly name?: string;
  readonly css?: string;
}

/**
 * The components' styles. React 19 puts one copy into the head, whatever the number of components;
 * with a nonce they stay in place, since React only hoists what carries its own.
 */
export function Style({ nonce, name = 'slipway', css = CSS }: StyleProps): ReactElement {
  return <style {...(nonce ? { nonce } : { href: name, precedence: name })}>{css}</style>;
}
