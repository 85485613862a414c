'use client';

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { putByXhr } from '../client/put-xhr.ts';
import { UploadQueue } from '../client/queue.ts';
import type { UploaderOptions } from '../client/uploader.ts';
import type { Routes } from '../server/route.ts';
import type {
  RouteData,
  RouteInput,
  RouteName,
  UploadControls,
  UseUploadOptions,
} from './types.ts';

/**
 * A queue of uploads for one route. Options may change between renders, except `endpoint` and `route`,
 * which start a new queue. Uploads go on when the component leaves the page.
 */
export function useUpload<R extends Routes = Routes, Name extends RouteName<R> = RouteName<R>>(
  options: UseUploadOptions<R, Name>,
): UploadControls<RouteData<R, Name>, RouteInput<R, Name>> {
  type Input = RouteInput<R, Name>;
  type Data = RouteData<R, Name>;
  const { endpoint, route } = options;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the others are brought up to date below
  const [uploader, latest] = useMemo(() => {
    const first = { ...options };
    return [new UploadQueue(first as unknown as UploaderOptions<Input, Data>, putByXhr), first];
  }, [endpoint, route]);
  useEffect(() => {
    Object.assign(latest, options);
  });
  useEffect(() => {
    void uploader.loadRules();
  }, [uploader]);
  const snapshot = useSyncExternalStore(
    uploader.subscribe,
    uploader.getSnapshot,
    uploader.getSnapshot,
  );
  return { ...uploader, ...snapshot };
}
