import { renderToString } from 'react-dom/server';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { route } from '../server/route.ts';
import { createUploadComponents } from './create-upload-components.tsx';
import type { RouteData, RouteInput, RouteName } from './types.ts';

const uploads = {
  avatar: route({ types: ['image/*'] })
    .public()
    .onComplete(() => ({ at: new Date(), note: undefined as string | undefined })),
  photo: route({ input: z.object({ album: z.coerce.number<string>() }) }).authorize(() => ({
    userId: 'anna',
  })),
};
type Uploads = typeof uploads;
const { UploadButton, UploadDropzone } = createUploadComponents<Uploads>({ endpoint: '/upload' });

describe('types', () => {
  test('flow from the routes to the components', () => {
    expectTypeOf<RouteName<Uploads>>().toEqualTypeOf<'avatar' | 'photo'>();
    expectTypeOf<RouteInput<Uploads, 'photo'>>().toEqualTypeOf<{ album: string }>();
    expectTypeOf<RouteData<Uploads, 'avatar'>>().toEqualTypeOf<{
      at: string;
      note: string | undefined;
    }>();
    expectTypeOf<RouteData<Uploads, 'photo'>>().toEqualTypeOf<null>();
    // @ts-expect-error -- there is no such route
    const unknown = () => <UploadButton route="nope" />;
    // @ts-expect-error -- this route wants an input
    const withoutInput = () => <UploadButton route="photo" />;
    const typed = () => (
      <UploadButton route="avatar" onDone={({ serverData }) => serverData?.at.slice(1)} />
    );
    expect([unknown, withoutInput, typed]).toHaveLength(3);
  });
});

describe('on the server', () => {
  test('the button renders with its styles, a real button and a hidden input', () => {
    const html = renderToString(<UploadButton route="avatar" className="mine" nonce="n1" />);
    expect(html).toContain('<button type="button" class="slipway-button">Choose a file</button>');
    expect(html).toMatch(/<input type="file" hidden=""/);
    expect(html).toContain('class="slipway-root mine"');
    expect(html).toContain('role="status"');
    expect(html).toContain('nonce="n1"');
    expect(html).toContain(':focus-visible');
  });

  test('the dropzone takes other words, classes and styles', () => {
    const html = renderToString(
      <UploadDropzone
        route="photo"
        input={{ album: '1' }}
        disabled
        labels={{ choose: () => 'Datei wählen', drop: () => 'oder hierher ziehen' }}
        appearance={{ button: 'btn', dropzone: { minHeight: 200 } }}
      />,
    );
    expect(html).toContain('role="group" aria-label="Datei wählen"');
    expect(html).toContain('class="slipway-button btn" disabled=""');
    expect(html).toContain('min-height:200px');
    expect(html).toContain('oder hierher ziehen');
  });
});
