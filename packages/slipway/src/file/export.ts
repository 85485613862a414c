import type { SlipwayContext } from '../context.ts';
import { csvLine } from '../csv.ts';
import { requireProject } from '../project/internal.ts';
import { addressOf } from './address.ts';
import { isPublic } from './internal.ts';
import { pageOf } from './list.ts';
import { type ExportFiles, ListFiles } from './list-schema.ts';
import type { FileRow } from './table.ts';

const ROWS_AT_ONCE = 1000;
/** Fewer, so that a download begins soon. */
const ROWS_AT_FIRST = 100;

const COLUMNS = [
  'id',
  'name',
  'folder',
  'size',
  'type',
  'status',
  'visibility',
  'tags',
  'custom_id',
  'metadata',
  'route',
  'uploader',
  'sha256',
  'created_at',
  'ready_at',
  'expires_at',
  'key',
];

/** The list as CSV (RFC 4180), as many files as there are, page after page while it is read. */
export async function exportFiles(
  ctx: SlipwayContext,
  call: { projectId: string; query: ExportFiles },
): Promise<AsyncGenerator<string>> {
  const project = await requireProject(ctx, call.projectId, 'file.read');
  // Once only: what is parsed is not what can be parsed.
  const filter = ListFiles.parse({ ...call.query, limit: undefined, cursor: undefined });
  const lineOf = (row: FileRow) => {
    const isOpen = isPublic(row, project.rules);
    return csvLine(cellsOf(row, isOpen ? 'public' : 'private'));
  };
  // The first page before the first byte: what goes wrong at once is still an error with its code.
  const first = await pageOf(ctx, { project, query: { ...filter, limit: ROWS_AT_FIRST } });
  return (async function* () {
    let page = first;
    yield csvLine(COLUMNS) + page.rows.map(lineOf).join('');
    while (page.nextCursor !== null) {
      const query = { ...filter, limit: ROWS_AT_ONCE, cursor: page.nextCursor };
      page = await pageOf(ctx, { project, query });
      yield page.rows.map(lineOf).join('');
    }
  })();
}

const cellsOf = (row: FileRow, visibility: string) => [
  row.id,
  row.name,
  row.folder,
  String(row.size),
  row.type,
  row.status,
  visibility,
  row.tags.join('; '),
  row.customId,
  Object.keys(row.metadata).length === 0 ? '' : JSON.stringify(row.metadata),
  row.route,
  row.uploader,
  row.sha256,
  row.createdAt.toISOString(),
  row.readyAt?.toISOString() ?? null,
  row.deleteAt?.toISOString() ?? null,
  addressOf(row),
];
