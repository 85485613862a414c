import type { EndpointOptions } from '../client/transport.ts';
import type { QueueOptions, Uploader, UploadSnapshot } from '../client/uploader.ts';
import type { AnyRoute, Routes } from '../server/route.ts';
import type { Jsonify } from '../shared/jsonify.ts';
import type { Labels } from '../ui/labels.ts';
import type { Appearance } from './appearance.ts';

/** The names of the routes. */
export type RouteName<R extends Routes> = keyof R & string;

/** What the browser has to say besides the files. */
export type RouteInput<R extends Routes, Name extends RouteName<R>> =
  R[Name] extends AnyRoute<infer Input> ? Input : never;

/** What the route's `onComplete` returns, as it arrives in the browser. */
export type RouteData<R extends Routes, Name extends RouteName<R>> =
  R[Name] extends AnyRoute<unknown, infer Data> ? Jsonify<Data> : never;

/** `input` is asked for exactly where the route has a schema. */
export type InputProp<Input> = unknown extends Input
  ? { readonly input?: Input }
  : undefined extends Input
    ? { readonly input?: Input }
    : { readonly input: Input };

/** Options of `useUpload`. */
export type UseUploadOptions<R extends Routes, Name extends RouteName<R>> = Omit<
  EndpointOptions,
  'route'
> &
  Omit<QueueOptions<RouteInput<R, Name>, RouteData<R, Name>>, 'input'> &
  InputProp<RouteInput<R, Name>> & { readonly route: Name };

/** What `useUpload` returns: the queue's state and what can be done to it. */
export type UploadControls<Data, Input = never> = UploadSnapshot<Data> &
  Omit<Uploader<Input, Data>, 'getSnapshot'>;

/** How a component looks and reads. */
export interface PresentationProps {
  readonly className?: string | undefined;
  /** Classes or styles for single parts. */
  readonly appearance?: Appearance | undefined;
  /** Other words, or another language. */
  readonly labels?: Partial<Labels> | undefined;
  readonly disabled?: boolean | undefined;
  /** Of the words, when it is not the page's. */
  readonly lang?: string | undefined;
  readonly dir?: 'ltr' | 'rtl' | 'auto' | undefined;
  /** Takes files that are pasted anywhere on the page, instead of only while the component has the focus. */
  readonly pasteAnywhere?: boolean | undefined;
  /** For a Content-Security-Policy without `unsafe-inline`. */
  readonly nonce?: string | undefined;
}

/** Props of `UploadButton` and `UploadDropzone`. */
export type UploadProps<R extends Routes, Name extends RouteName<R>> = UseUploadOptions<R, Name> &
  PresentationProps;

/** Props that `createUploadComponents` can set for all its components. */
export type UploadDefaults = Omit<EndpointOptions, 'route'> &
  Pick<PresentationProps, 'appearance' | 'labels' | 'nonce' | 'lang' | 'dir'> &
  Pick<QueueOptions, 'concurrency' | 'retries' | 'hashUpTo' | 'resumable'>;
