'use client';

import type { ReactElement } from 'react';
import type { Routes } from '../server/route.ts';
import type { RouteName, UploadProps } from './types.ts';
import { useUploadArea } from './use-upload-area.tsx';

/** A button that uploads what is chosen, dropped on it or pasted, and shows how it goes. */
export function UploadButton<R extends Routes = Routes, Name extends RouteName<R> = RouteName<R>>(
  props: UploadProps<R, Name>,
): ReactElement {
  return useUploadArea<R, Name>(props);
}
