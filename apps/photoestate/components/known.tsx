'use client';

import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { EarlyPress } from './early-press.tsx';

type Props = {
  /** What came along with the page, by the keys that it is asked for by. */
  entries: readonly (readonly [QueryKey, unknown])[];
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
  useState(() => {
    for (const [key, data] of entries) {
      if (queries.getQueryData(key) === undefined) {
        queries.setQueryData(key, data, { updatedAt: at });
      }
    }
  });
  return (
    <>
      {children}
      <EarlyPress />
    </>
  );
}
