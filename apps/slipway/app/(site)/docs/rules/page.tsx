import { CodeBlock } from '@repo/ui/code-block';
import {
  Table,
  TableBody,
  TableCell,
  TableFrame,
  TableHead,
  TableHeaderCell,
  TableRow,
} from '@repo/ui/table';
import type { Metadata } from 'next';
import { Code, Lead, Section, Title } from '../../../../components/site/prose.tsx';

export const metadata: Metadata = { title: 'Rules' };

/** What is ruled, where it can be said, and what holds when more than one says it. */
const RULES: readonly [rule: string, project: string, request: string, holds: string][] = [
  ['Types', 'allowedTypes', 'rules.allowedTypes', 'The file has to be of both lists'],
  ['Smallest file', 'minSize', 'rules.minSize', 'The larger number'],
  ['Largest file', 'maxSize', 'rules.maxSize', 'The smaller number'],
  ['Picture dimensions', 'image', 'rules.image', 'The stricter of each side'],
  ['Files at once', 'maxFiles', '–', 'The project’s, and its plan’s'],
  ['Bytes at once', 'maxTotalSize', '–', 'The project’s, and its plan’s'],
  ['Visibility', 'visibility', 'visibility', 'private, when either says so'],
  ['Virus scan', 'scan', '–', 'The project’s'],
  ['Metadata', 'metadata', '–', 'The project’s'],
  ['Folder', 'folder', 'folder', 'Both: the request’s below the project’s'],
  ['Key prefix', 'keyPrefix', '–', 'The project’s'],
  [
    'Expiry',
    'expireAfterDays',
    'expiresInDays, expiresAt',
    'Whichever is earlier; a later change of the file may move it',
  ],
  [
    'Confirmation',
    'confirmWithinHours',
    'temporary, confirmWithinHours',
    'Whichever is sooner; 24 hours where only temporary is said',
  ],
  ['Trash', 'trashDays', '–', 'The project’s'],
];

export default function RulesPage() {
  return (
    <>
      <Title>Rules</Title>
      <Lead>What may be uploaded, how long it stays, and which rule wins.</Lead>
      <Section id="precedence" title="Project, route, request">
        <p>
          Rules are said in three places: for the project, on its page Rules; for a route of your
          own code; and for one request. The project’s come first. A route’s are sent with its
          requests, as <Code>rules</Code> of <Code>POST /api/upload-url</Code>. Neither a route nor
          a request can widen what the project allows: where several speak of the same thing, the
          strictest holds.
        </p>
        <TableFrame>
          <Table>
            <TableHead>
              <TableRow>
                <TableHeaderCell>Rule</TableHeaderCell>
                <TableHeaderCell>Project</TableHeaderCell>
                <TableHeaderCell>Route, request</TableHeaderCell>
                <TableHeaderCell>What holds</TableHeaderCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {RULES.map(([rule, project, request, holds]) => (
                <TableRow key={rule}>
                  <TableCell className="font-medium">{rule}</TableCell>
                  <TableCell className="font-mono text-xs">{project}</TableCell>
                  <TableCell className="font-mono text-xs">{request}</TableCell>
                  <TableCell className="min-w-40 whitespace-normal">{holds}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableFrame>
        <CodeBlock
          language="bash"
          code={`curl -X POST "$SLIPWAY_URL/api/upload-url" \\
  -H "Authorization: Bearer $SLIPWAY_API_KEY" -H "Content-Type: application/json" \\
  -d '{"name":"a.png","size":4,"type":"image/png","folder":"avatars","tags":["new"],
       "expiresInDays":30,"rules":{"allowedTypes":["image/*"],"maxSize":5242880}}'`}
        />
      </Section>
      <Section id="checked" title="When they are checked">
        <p>
          Twice: when the upload is announced, by what the client says, and when the bytes are
          there, by the bytes. A file keeps the rules that it was announced under; later changes
          hold for later uploads. What is refused has its line, with the rule and what came, on the
          project’s page Uploads and in <Code>GET /api/upload-log</Code>, for 30 days. Of more than
          100 refusals in an hour the rest are counted by code and route.
        </p>
      </Section>
      <Section id="lists" title="Finding files">
        <p>
          <Code>GET /api/files</Code> takes <Code>q</Code> (part of the name or of a value of the
          metadata, or an id, key or customId), <Code>type</Code>, <Code>status</Code>,{' '}
          <Code>tag</Code>, <Code>folder</Code>, <Code>route</Code>, <Code>uploader</Code>,{' '}
          <Code>minSize</Code>, <Code>maxSize</Code>, <Code>from</Code> and <Code>to</Code>, sorted
          by <Code>sort</Code> (<Code>created</Code>, <Code>name</Code>, <Code>size</Code>) and{' '}
          <Code>direction</Code>. <Code>GET /api/files/export</Code> answers the same list, all of
          it, as CSV; cells that a spreadsheet would run begin with an apostrophe.
        </p>
        <CodeBlock
          language="bash"
          code={`curl -s "$SLIPWAY_URL/api/files/export?sort=size&type=image/*" \\
  -H "Authorization: Bearer $SLIPWAY_API_KEY" -o files.csv`}
        />
      </Section>
    </>
  );
}
