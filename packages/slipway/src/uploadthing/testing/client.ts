/** What the SDK's client in a browser sends, by fetch. */

export interface Presigned {
  url: string;
  key: string;
  name: string;
  customId: string | null;
}

/** Asks a customer's server for the URL of a file. */
export async function presign(appUrl: string, file: File, slug = 'anything'): Promise<Presigned> {
  const response = await fetch(`${appUrl}?actionType=upload&slug=${slug}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      files: [{ name: file.name, size: file.size, type: file.type, lastModified: 1 }],
      input: null,
    }),
  });
  const [presigned] = await response.json();
  return presigned;
}

export async function rangeStart(url: string): Promise<number> {
  const response = await fetch(url, { method: 'HEAD' });
  return Number(response.headers.get('x-ut-range-start'));
}

export function put(url: string, file: Blob, start = 0): Promise<Response> {
  const body = new FormData();
  body.append('file', start > 0 ? file.slice(start) : file);
  return fetch(url, {
    method: 'PUT',
    headers: { range: `bytes=${start}-`, 'x-uploadthing-version': '7.7.4' },
    body,
  });
}
