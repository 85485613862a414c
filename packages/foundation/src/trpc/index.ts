import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import { ZodError } from 'zod';
import type { BaseContext } from '../context/index.ts';
import { AppError, toAppError } from '../errors/index.ts';
import { maskSecrets } from '../telemetry/index.ts';

type TrpcCode = TRPCError['code'];

const CODE_OF_STATUS: Record<number, TrpcCode> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  402: 'PAYMENT_REQUIRED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
  503: 'SERVICE_UNAVAILABLE',
};

interface FormatterInput {
  shape: { message: string; code: number; data: { code: string; httpStatus: number } };
  error: TRPCError;
  ctx: BaseContext | undefined;
}

/** For `initTRPC…create`: superjson, and errors that carry our code, details and the request's id. */
export const trpcOptions = {
  transformer: superjson,
  errorFormatter({ shape, error, ctx }: FormatterInput) {
    const cause = error.cause instanceof AppError ? error.cause : undefined;
    return {
      ...shape,
      message: maskSecrets(cause?.message ?? shape.message),
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        appCode: cause?.code ?? 'bad_request',
        details: cause?.details,
        requestId: ctx?.requestId,
      },
    };
  },
};

/**
 * The one mapper of this transport: whatever a verb threw, as a tRPC error with
 * a public message. To be thrown by a middleware around every procedure.
 */
export function toTrpcError(error: TRPCError | AppError, ctx: BaseContext): TRPCError {
  if (error instanceof AppError) return fromAppError(error, ctx);
  const known = error.cause ?? error;
  if (known instanceof TRPCError) return known;
  // tRPC's own refusals (a body that does not parse, say) know their code already.
  const isOurs = error.cause instanceof AppError || error.cause instanceof ZodError;
  if (error.code !== 'INTERNAL_SERVER_ERROR' && !isOurs) return error;
  return fromAppError(toAppError(known), ctx);
}

function fromAppError(error: AppError, ctx: BaseContext): TRPCError {
  if (error.status >= 500) {
    ctx.log.error({ err: error.cause ?? error, requestId: ctx.requestId }, error.message);
  }
  return new TRPCError({
    code: CODE_OF_STATUS[error.status] ?? 'INTERNAL_SERVER_ERROR',
    message: error.message,
    cause: error,
  });
}

const procedureIn = <Context extends BaseContext>() =>
  initTRPC.context<Context>().create().procedure;
/** Of a product whose procedures know at least this context. */
export type Procedure<Context extends BaseContext> = ReturnType<typeof procedureIn<Context>>;

/**
 * The same, for whoever needs less of the context. tRPC's types refuse that because of `experimental_caller` alone,
 * which nobody uses here.
 */
export const procedureFor = <Needed extends BaseContext, Has extends Needed>(
  procedure: Procedure<Has>,
) => procedure as unknown as Procedure<Needed>;
