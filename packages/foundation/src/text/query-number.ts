import { z } from '@hono/zod-openapi';

/**
 * A number of a query: `?size=` without one is refused; `Number('')` alone would make it a zero.
 *
 * @param error - what was expected, for words that are no number
 */
export const queryNumber = <S extends z.ZodType>(
  error: string,
  narrow: (number: z.ZodCoercedNumber) => S,
): z.ZodType<z.output<S>, z.input<S>> =>
  z.preprocess((value) => (value === '' ? Number.NaN : value), narrow(z.coerce.number({ error })));
