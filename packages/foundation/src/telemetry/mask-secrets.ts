/** Keys and secrets as they begin here: `sk_live_…`, `sk_test_…`, `pk_live_…`, `whsec_…`. */
const SECRET = /\b(?:(sk_live_|sk_test_|pk_live_)[0-9A-Za-z]{8,}|(whsec_)[0-9A-Za-z+/=_-]{8,})/g;

/** Text without secrets that somebody put where they do not belong: into an address, a name, an id. */
export function maskSecrets(text: string): string {
  return text.replace(SECRET, '$1$2[masked]');
}
