import { redirect } from 'next/navigation';
import { homePath } from '../../../lib/next-path.ts';
import { findHome, requireSession } from '../../../lib/session.ts';

/** The way in for whoever came without a page in mind: studios to their listings, clients to their photos. */
export default async function HomePage() {
  await requireSession(homePath);
  redirect(await findHome());
}
