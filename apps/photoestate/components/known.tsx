'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type KnownEntries, learn } from '../lib/known.ts';
import { EarlyPress } from './early-press.tsx';

type Props = {
  entries: KnownEntries;
  /** Since when it is known. */
  at: number;
  children: ReactNode;
};

/**
 * Whatever asks for it below has it at once, also on the server, which draws the page with it. Not React Query's
 * own boundary: that waits where the frame of the page asks for the same, as its top bar does.
 */
export function Known({ entries, at, children }: Props) {
  const queries = useQueryClient();
  useState(() => learn(queries, entries, at));
  return (
    <>
      {children}
      <EarlyPress />
    </>
  );
}
