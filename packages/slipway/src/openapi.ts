import { errorResponder } from '@repo/foundation/rest';

export { json, security } from '@repo/foundation/rest';

/** What each status says of a call with a key. */
export const errorResponses = errorResponder({
  400: 'The request is not valid',
  401: 'The key is missing or wrong',
  403: 'The signed address is wrong or over',
  404: 'There is no such thing in this project',
  409: 'It conflicts with the present state',
  410: 'It is no longer there',
  429: 'Too many calls: try again after Retry-After seconds',
  422: 'A rule or a check refused the file',
});

export const OPENAPI_INFO = {
  openapi: '3.1.0',
  info: {
    title: 'Slipway API',
    version: '1.0.0',
    description:
      'Upload files to your own storage in three calls: ask for a URL, PUT the bytes, complete. A file that is `ready` is there, whole, and of the type it claims.',
  },
};
