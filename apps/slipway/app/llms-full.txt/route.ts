import { connection } from 'next/server';
import { llmsFullText } from '../../lib/docs/llms.ts';
import { publicUrl } from '../../lib/session.ts';

export async function GET() {
  // Links lead to this server, whose address is known only when it runs.
  await connection();
  return new Response(llmsFullText(publicUrl()), {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
}
