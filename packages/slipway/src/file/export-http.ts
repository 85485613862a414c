import { Readable } from 'node:stream';
import { createRoute, z } from '@hono/zod-openapi';
import type { HttpApp, KernelEnv } from '@repo/foundation/http';
import type { Context } from 'hono';
import type { SlipwayContext } from '../context.ts';
import { errorResponses, security } from '../openapi.ts';
import type { TrpcContext } from '../trpc.ts';
import { exportFiles } from './export.ts';
import type { KeyContext } from './http.ts';
import { ExportFiles } from './list-schema.ts';

const exportRoute = createRoute({
  method: 'get',
  path: '/files/export',
  operationId: 'exportFiles',
  tags: ['Files'],
  summary: 'The list of files as CSV',
  description: 'With the filters and the order of the list, all of it, streamed.',
  security,
  request: { query: ExportFiles.strict() },
  responses: {
    200: {
      description: 'RFC 4180, with a line of headings',
      content: { 'text/csv': { schema: z.string() } },
    },
    ...errorResponses(400, 401),
  },
});

const HEADERS = {
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': 'attachment; filename="files.csv"',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

async function* bytesOf(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of texts) yield Buffer.from(text);
}

async function answer(
  ctx: SlipwayContext,
  call: { projectId: string; query: Record<string, string> },
): Promise<Response> {
  const { projectId, query } = call;
  const lines = await exportFiles(ctx, { projectId, query: query as ExportFiles });
  return new Response(
    Readable.toWeb(Readable.from(bytesOf(lines), { objectMode: false })) as ReadableStream,
    {
      headers: HEADERS,
    },
  );
}

/** Before the routes of single files: `export` is no id. */
export function mountFileExport(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(exportRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    c.req.valid('query');
    return (await answer(ctx, { projectId, query: c.req.query() })) as never;
  });
}

/** The same for a member's browser, which saves it: a link of the dashboard. */
export function mountDashboardExport(
  app: HttpApp,
  contextOf: (c: Context<KernelEnv>) => Promise<TrpcContext>,
): void {
  app.get('/api/download/projects/:projectId/files.csv', async (c) => {
    const { failure, ...ctx } = await contextOf(c);
    if (failure !== undefined) throw failure;
    return answer(ctx, { projectId: c.req.param('projectId'), query: c.req.query() });
  });
}
