import type { ErrorEntry } from '@repo/ui/docs/error-codes';

/** Of requests that no route took. */
export const unreadErrorCodes: readonly ErrorEntry[] = [
  {
    code: 'headers_too_large',
    status: 431,
    meaning: 'Address and headers of the request are longer than 16 KiB together.',
    remedy: 'Send what is long in the body; ask for pages with the cursor exactly as it was given.',
  },
  {
    code: 'request_timeout',
    status: 408,
    meaning: 'The address and headers of the request took longer than 30 seconds to come.',
    remedy: 'Send the request again; look at the network or the proxy in between.',
  },
  {
    code: 'method_not_allowed',
    status: 405,
    meaning: 'This path does not take that method.',
    remedy: 'Compare it with the API reference.',
  },
];
