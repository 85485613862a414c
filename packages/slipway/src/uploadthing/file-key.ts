import { z } from '@hono/zod-openapi';
import { ACLS } from './table.ts';

/** A key as SDKs make it. */
export const FileKey = z
  .string()
  .regex(/^[0-9A-Za-z][0-9A-Za-z_.-]{0,199}$/, 'expected a file key of letters and digits');

/** That a file was at UploadThing until now, and is to be found under the key that it had there. */
export const UploadthingOrigin = z
  .strictObject({
    key: FileKey.openapi({ description: 'Its key there; it is found at /a/<project>/<key> here' }),
    acl: z.enum(ACLS, { error: 'expected public-read or private' }).optional(),
    restart: z.boolean().optional().openapi({
      description: 'Gives up an earlier copy of it that was announced and never came',
    }),
  })
  .openapi('UploadthingOrigin');
export type UploadthingOrigin = z.output<typeof UploadthingOrigin>;
