import { createRouteHandler, route } from 'slipway/next';

const uploads = {
  avatar: route({ types: ['image/*'], maxSize: '4MB' })
    .authorize(async () => ({ userId: 'anna' })) // your sign-in goes here
    .onComplete(async ({ file, metadata }) => ({
      greeting: `${metadata.userId} uploaded ${file.name}`,
    })),
  documents: route({ types: ['.pdf', 'text/*'], maxSize: '20MB', maxFiles: 10 }).public(),
};

export type Uploads = typeof uploads;
export const { GET, POST } = createRouteHandler({ routes: uploads });
