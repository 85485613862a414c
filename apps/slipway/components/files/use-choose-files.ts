'use client';

import { createContext, useContext } from 'react';

/** Asks the person for files, and uploads them to the project that is open. */
export const ChooserContext = createContext<(() => void) | null>(null);

export function useChooseFiles(): () => void {
  const choose = useContext(ChooserContext);
  if (!choose) throw new Error('useChooseFiles needs ProjectUploads above it');
  return choose;
}
