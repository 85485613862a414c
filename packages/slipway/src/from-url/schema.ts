import { z } from '@hono/zod-openapi';
import { fileName, mediaType, REPLACING, RequestUpload } from '../file/schema.ts';

export const UploadFromUrl = RequestUpload.omit({ size: true, multipart: true, uploadthing: true })
  .extend({
    url: z.string({ error: 'expected the address of a file' }).max(4096).openapi({
      format: 'uri',
      example: 'https://example.com/kitchen.jpg',
      description: 'A public http or https address; up to three redirects are followed',
    }),
    name: fileName
      .optional()
      .openapi({ description: 'Without it, what the source calls the file, or the address does' }),
    type: mediaType
      .optional()
      .openapi({ description: 'Without it, what the content shows, or the source says' }),
  })
  .openapi('UploadFromUrl', REPLACING);
export type UploadFromUrl = z.input<typeof UploadFromUrl>;
