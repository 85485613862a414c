'use client';

import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { createUploader } from '../client/queue.ts';
import type { Uploader } from '../client/uploader.ts';
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
): UploadControls<RouteData<R, Name>> {
  type Input = RouteInput<R, Name>;
  type Data = RouteData<R, Name>;
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const { endpoint, route } = options;
  const uploader = useMemo((): Uploader<Input, Data> => {
    const { current } = latest;
    return createUploader<Input, Data>({
      ...(current as object),
      endpoint,
      route,
      headers: () => {
        const { headers } = latest.current;
        return typeof headers === 'function' ? headers() : (headers ?? {});
      },
      onDone: (item) => latest.current.onDone?.(item),
      onError: (item) => latest.current.onError?.(item),
      onSettled: (snapshot) => latest.current.onSettled?.(snapshot),
    });
  }, [endpoint, route]);
  useEffect(() => {
    void uploader.loadRules();
  }, [uploader]);
  const snapshot = useSyncExternalStore(
    uploader.subscribe,
    uploader.getSnapshot,
    uploader.getSnapshot,
  );
  const actions = useMemo(
    () => ({
      add: (files: Iterable<File>) => uploader.add(files, { input: latest.current.input as Input }),
      cancel: (key?: string) => uploader.cancel(key),
      retry: (key?: string) => uploader.retry(key),
      remove: (key?: string) => uploader.remove(key),
    }),
    [uploader],
  );
  return { ...snapshot, ...actions };
}
