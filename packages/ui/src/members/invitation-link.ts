/** Of Next's pages below a folder `[invitationId]`. */
export type InvitationPageProps = {
  params: Promise<{ invitationId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '');

/** What an invitation's link says, and the way back to it. */
export async function readInvitationLink({ params, searchParams }: InvitationPageProps) {
  const { invitationId } = await params;
  const query = await searchParams;
  const secret = { expires: one(query['expires']), signature: one(query['signature']) };
  return {
    link: { invitationId, ...secret },
    here: `/invitations/${encodeURIComponent(invitationId)}?${new URLSearchParams(secret)}`,
  };
}
