const NAME = 'slipway-uploads';

type Records = Record<string, readonly [token: string, expiresAt: string]>;

/**
 * The token that is remembered for an upload, across reloads and crashes. A second argument replaces
 * it, or forgets it when empty; what has expired goes at the same time.
 */
export function remembered(upload: string, token?: string, expiresAt = ''): string | undefined {
  try {
    const records: Records = JSON.parse(localStorage.getItem(NAME) ?? '{}');
    const known = records[upload]?.[0];
    if (token !== undefined) {
      records[upload] = [token, expiresAt];
      const kept = Object.entries(records).filter(
        ([, [, until]]) => until > new Date().toISOString(),
      );
      localStorage.setItem(NAME, JSON.stringify(Object.fromEntries(kept)));
    }
    return known;
  } catch {
    // Private windows, full storages and servers remember nothing.
    return undefined;
  }
}
