'use client';

import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** Whether the page is being printed: on paper nothing is out of sight. */
export function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    // Paper is laid out as soon as this was heard.
    const hear = ({ type }: Event) => flushSync(() => setPrinting(type === 'beforeprint'));
    window.addEventListener('beforeprint', hear);
    window.addEventListener('afterprint', hear);
    return () => {
      window.removeEventListener('beforeprint', hear);
      window.removeEventListener('afterprint', hear);
    };
  }, []);
  return isPrinting;
}
