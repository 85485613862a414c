/** Takes a picture as the signed-in user's; fails with the server's own sentence. */
export async function sendPicture(picture: File): Promise<void> {
  const answer = await fetch('/api/account/picture', { method: 'POST', body: picture }).catch(
    () => undefined,
  );
  if (answer?.ok) return;
  const said = await answer?.json().catch(() => undefined);
  throw new Error(
    said?.error?.message ?? 'The server could not be reached. Check the connection and try again.',
  );
}
