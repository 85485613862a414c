import { describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { UploadRejected } from '../server/errors.ts';
import { createUploadHandler } from '../server/handler.ts';
import { route } from '../server/route.ts';
import { createUploadComponents } from './create-upload-components.tsx';
import type { RouteData, RouteInput, RouteName } from './types.ts';

const uploads = {
  avatar: route({ types: ['image/*'], maxSize: '4MB' })
    .authorize(async ({ request, input, files }) => {
      expectTypeOf(input).toEqualTypeOf<undefined>();
      if (!request.headers.get('cookie') || files.length === 0)
        throw new UploadRejected('Sign in.', { status: 401 });
      return { userId: 'anna', at: new Date(), secret: undefined as string | undefined };
    })
    .onComplete(({ file, metadata }) => {
      // What `authorize` said went through JSON on its way here.
      expectTypeOf(metadata.userId).toEqualTypeOf<string>();
      expectTypeOf(metadata.at).toEqualTypeOf<string>();
      return { owner: metadata.userId, savedAt: new Date(), name: file.name };
    }),
  photo: route({
    input: z.object({ album: z.coerce.number<string>(), note: z.string().optional() }),
  })
    .authorize(({ input }) => {
      expectTypeOf(input.album).toEqualTypeOf<number>();
      return { album: input.album };
    })
    .fileOptions(({ input, metadata, file }) => {
      expectTypeOf(input.album).toEqualTypeOf<number>();
      expectTypeOf(metadata).toEqualTypeOf<{ album: number }>();
      return { customId: `${metadata.album}-${file.name}` };
    }),
  anyone: route({ input: z.string().optional() })
    .public()
    .onComplete(() => [1, 2, 3]),
};
type Uploads = typeof uploads;
const { UploadButton, UploadDropzone, useUpload } = createUploadComponents<Uploads>();

/** Each of these is looked at by the compiler alone: none is called. */
const compiled = (...cases: readonly unknown[]) => expect(cases.length).toBeGreaterThan(0);

describe('names of routes', () => {
  test('are those of the routes, and no others', () => {
    expectTypeOf<RouteName<Uploads>>().toEqualTypeOf<'avatar' | 'photo' | 'anyone'>();
    compiled(
      () => <UploadButton route="avatar" />,
      // @ts-expect-error -- there is no such route
      () => <UploadButton route="avatars" />,
      // @ts-expect-error -- there is no such route
      () => <UploadDropzone route="nope" />,
      // @ts-expect-error -- there is no such route
      () => useUpload({ route: 'Avatar' }),
      // @ts-expect-error -- a route has to be named
      () => <UploadButton />,
    );
  });
});

describe('input', () => {
  test('is asked for where a route has a schema that asks for it', () => {
    expectTypeOf<RouteInput<Uploads, 'photo'>>().toEqualTypeOf<{
      album: string;
      note?: string | undefined;
    }>();
    compiled(
      () => <UploadButton route="photo" input={{ album: '1' }} />,
      () => <UploadButton route="anyone" />,
      () => <UploadButton route="anyone" input="hello" />,
      // @ts-expect-error -- this route wants an input
      () => <UploadButton route="photo" />,
      // @ts-expect-error -- what the schema takes, not what it makes of it
      () => <UploadButton route="photo" input={{ album: 1 }} />,
      // @ts-expect-error -- the schema does not know this
      () => <UploadDropzone route="photo" input={{ album: '1', albums: '2' }} />,
      // @ts-expect-error -- text is wanted here
      () => useUpload({ route: 'anyone', input: 5 }),
      () => useUpload({ route: 'photo', input: { album: '1' } }).add([], { input: { album: '2' } }),
      // @ts-expect-error -- and so do files that are added with one of their own
      () => useUpload({ route: 'photo', input: { album: '1' } }).add([], { input: { album: 2 } }),
      // @ts-expect-error -- the hook wants it, too
      () => useUpload({ route: 'photo' }),
    );
  });
});

describe('what onComplete returned', () => {
  test('is known in the component as it arrives: through JSON', () => {
    expectTypeOf<RouteData<Uploads, 'avatar'>>().toEqualTypeOf<{
      owner: string;
      savedAt: string;
      name: string;
    }>();
    expectTypeOf<RouteData<Uploads, 'photo'>>().toEqualTypeOf<null>();
    expectTypeOf<RouteData<Uploads, 'anyone'>>().toEqualTypeOf<number[]>();
    compiled(
      () => <UploadButton route="avatar" onDone={({ serverData }) => serverData?.owner.trim()} />,
      () => useUpload({ route: 'avatar' }).items[0]?.serverData?.savedAt.slice(0, 4),
      // @ts-expect-error -- it may be missing until the upload is done
      () => <UploadButton route="avatar" onDone={({ serverData }) => serverData.owner} />,
      // @ts-expect-error -- a date arrives as text
      () => useUpload({ route: 'avatar' }).items[0]?.serverData?.savedAt.getTime(),
      // @ts-expect-error -- it has no such member
      () => useUpload({ route: 'avatar' }).items[0]?.serverData?.ownerId,
      // @ts-expect-error -- this route returns nothing
      () => useUpload({ route: 'photo' }).items[0]?.serverData?.album,
    );
  });
});

describe('metadata kept with files', () => {
  const metadata = z.object({ album: z.coerce.number<string>(), note: z.string().optional() });
  const albums = route({ metadata }).public();

  test('are given and read as the route’s schema has them', () => {
    albums
      .fileOptions(() => ({ metadata: { album: '7' } }))
      .onComplete(({ file }) => {
        expectTypeOf(file.metadata.album).toEqualTypeOf<number>();
        expectTypeOf(file.metadata.note).toEqualTypeOf<string | undefined>();
      });
    compiled(
      // @ts-expect-error -- what the schema takes, not what it makes of it
      () => albums.fileOptions(() => ({ metadata: { album: 7 } })),
      // @ts-expect-error -- the schema asks for an album
      () => albums.fileOptions(() => ({ metadata: {} })),
      // @ts-expect-error -- the schema knows nothing of it
      () => albums.onComplete(({ file }) => file.metadata.other),
      // @ts-expect-error -- metadata are an object
      () => route({ metadata: z.string() }),
    );
  });
});

describe('the server', () => {
  test('takes routes that say who may upload, and no others', () => {
    const signedIn = route().authorize(() => ({ userId: 'anna' }));
    compiled(
      () => createUploadHandler({ routes: uploads }),
      // @ts-expect-error -- it does not say who may upload
      () => createUploadHandler({ routes: { a: route({}) } }),
      // @ts-expect-error -- no such rule
      () => route({ maxsize: '4MB' }),
      // @ts-expect-error -- no such unit
      () => route({ maxSize: '4 apples' }),
      // @ts-expect-error -- metadata has no such member
      () => signedIn.onComplete(({ metadata }) => metadata.user),
      // @ts-expect-error -- no such rule of pictures
      () => route({ image: { maxwidth: 5 } }),
      // @ts-expect-error -- metadata is flat
      () => signedIn.fileOptions(() => ({ metadata: { a: { b: 1 } } })),
    );
  });
});
