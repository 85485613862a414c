'use client';

import { Card, CardBody, CardHeader } from '@repo/ui/card';
import { formatBytes, formatNumber } from '@repo/ui/format';
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from '@repo/ui/table';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';

/** The end-users who hold most; nothing where no upload says whose it is. */
export function UploadersCard({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const uploaders = useQuery(trpc.usage.uploaders.queryOptions({ projectId }));
  const rows = uploaders.data?.data ?? [];
  if (rows.length === 0) return null;
  return (
    <Card aria-labelledby="uploaders-title">
      <CardHeader
        titleId="uploaders-title"
        title="Largest end-users"
        description="By the uploader that your server names; beside what the rules allow each of them."
      />
      <CardBody>
        <Table>
          <TableHead>
            <TableRow>
              <TableHeaderCell>Uploader</TableHeaderCell>
              <TableHeaderCell numeric>Files</TableHeaderCell>
              <TableHeaderCell numeric>Stored</TableHeaderCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map(({ uploader, files, bytes }) => (
              <TableRow key={uploader}>
                <TableCell className="w-full max-w-0 truncate font-mono text-[13px]">
                  {uploader}
                </TableCell>
                <TableCell numeric className="whitespace-nowrap">
                  <Amount {...files} format={formatNumber} />
                </TableCell>
                <TableCell numeric className="whitespace-nowrap">
                  <Amount {...bytes} format={formatBytes} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </CardBody>
    </Card>
  );
}

type AmountProps = {
  used: number;
  reserved: number;
  limit: number | null;
  format: (amount: number) => string;
};

function Amount({ used, reserved, limit, format }: AmountProps) {
  return (
    <>
      {format(used + reserved)}
      {limit === null ? null : <span className="text-muted-foreground"> of {format(limit)}</span>}
    </>
  );
}
