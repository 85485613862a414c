'use client';

import type { ReactElement } from 'react';
import type { Routes } from '../server/route.ts';
import type {
  RouteData,
  RouteInput,
  RouteName,
  UploadControls,
  UploadDefaults,
  UploadProps,
  UseUploadOptions,
} from './types.ts';
import { UploadButton } from './upload-button.tsx';
import { UploadDropzone } from './upload-dropzone.tsx';
import { useUpload } from './use-upload.ts';

/** The components and the hook, typed by your routes. */
export interface UploadComponents<R extends Routes> {
  readonly UploadButton: <Name extends RouteName<R>>(props: UploadProps<R, Name>) => ReactElement;
  readonly UploadDropzone: <Name extends RouteName<R>>(props: UploadProps<R, Name>) => ReactElement;
  readonly useUpload: <Name extends RouteName<R>>(
    options: UseUploadOptions<R, Name>,
  ) => UploadControls<RouteData<R, Name>, RouteInput<R, Name>>;
}

/** `const { UploadButton } = createUploadComponents<typeof uploads>()`: call it once, outside components. */
export function createUploadComponents<R extends Routes>(
  defaults: UploadDefaults = {},
): UploadComponents<R> {
  const merge = <P,>(props: P): P => ({ ...defaults, ...props });
  return {
    UploadButton: (props) => UploadButton(merge(props)),
    UploadDropzone: (props) => UploadDropzone(merge(props)),
    useUpload: (options) => useUpload(merge(options)),
  };
}
