import { useState } from 'react';

/**
 * Values for a form to begin with: of each field what somebody typed before the page's script ran, which would
 * empty the field, or else the default.
 */
export function useTypedBefore<T extends Readonly<Record<string, string>>>(defaults: T): T {
  const [values] = useState(() => {
    if (typeof document === 'undefined') return defaults;
    const taken = Object.entries(defaults).map(([name, value]) => {
      const field = document.querySelector<HTMLInputElement>(`form input[name="${name}"]`);
      return [name, field?.value || value];
    });
    return Object.fromEntries(taken) as T;
  });
  return values;
}
