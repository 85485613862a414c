import { z } from '@hono/zod-openapi';

/** One JSON body in a route's description. */
export const json = <S extends z.ZodType>(schema: S) => ({ 'application/json': { schema } });

export const security = [{ apiKey: [] }];

const ErrorBody = z
  .object({
    error: z.object({
      code: z.string().openapi({ example: 'file_too_large' }),
      message: z.string(),
      docs: z.url(),
      requestId: z.string(),
      details: z.record(z.string(), z.unknown()).optional(),
    }),
  })
  .openapi('Error');

const DESCRIPTIONS: Record<number, string> = {
  400: 'The request is not valid',
  401: 'The key is missing or wrong',
  403: 'The signed address is wrong or over',
  404: 'There is no such thing in this project',
  409: 'It conflicts with the present state',
  410: 'It is no longer there',
  429: 'Too many calls: try again after Retry-After seconds',
  422: 'A rule or a check refused the file',
};

/** By its name, for where the document is completed by hand. */
export const errorSchema = { $ref: '#/components/schemas/Error' };

export function errorResponses(...statuses: number[]) {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: DESCRIPTIONS[status] ?? 'Error', content: json(ErrorBody) },
    ]),
  );
}

export const OPENAPI_INFO = {
  openapi: '3.1.0',
  info: {
    title: 'Slipway API',
    version: '1.0.0',
    description:
      'Upload files to your own storage in three calls: ask for a URL, PUT the bytes, complete. A file that is `ready` is there, whole, and of the type it claims.',
  },
};
