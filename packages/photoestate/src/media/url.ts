/** Where a picture is shown from: our own address, checked on every request. */
export function mediaUrl(kind: 'photos' | 'enhancements', id: string, size: string): string {
  return `/media/${kind}/${id}/${size}`;
}
