import { Badge } from '@repo/ui/badge';
import type { FileRow } from '../../lib/trpc.ts';

/** Of files that came with a test key. */
export function TestMark({ row }: { row: Pick<FileRow, 'test'> }) {
  if (!row.test) return null;
  return (
    <Badge tone="warning" title="Uploaded with a test key: deleted after seven days">
      Test
    </Badge>
  );
}
