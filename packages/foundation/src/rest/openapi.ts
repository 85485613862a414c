import { z } from '@hono/zod-openapi';

/** One JSON body in a route's description. */
export const json = <S extends z.ZodType>(schema: S) => ({ 'application/json': { schema } });

export const security = [{ apiKey: [] }];

const ErrorBody = z
  .object({
    error: z.object({
      code: z.string().openapi({ example: 'validation_failed' }),
      message: z.string(),
      docs: z.url(),
      requestId: z.string(),
      details: z.record(z.string(), z.unknown()).optional(),
    }),
  })
  .openapi('Error');

/** By its name, for where the document is completed by hand. */
export const errorSchema = { $ref: '#/components/schemas/Error' };

/** Answers with errors, in a product's words for each status. */
export const errorResponder =
  (descriptions: Readonly<Record<number, string>>) =>
  (...statuses: number[]) =>
    Object.fromEntries(
      statuses.map((status) => [
        status,
        { description: descriptions[status] ?? 'Error', content: json(ErrorBody) },
      ]),
    );
