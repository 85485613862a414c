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

/** As people go through them: an upload first, then what becomes of its file, then what stands around both. */
export const OPERATIONS: readonly string[] = [
  ...['requestUpload', 'completeUpload', 'getUpload', 'signParts', 'abortUpload', 'uploadFromUrl'],
  ...['createUploadToken', 'getCallback', 'claimCallback', 'listUploadLog', 'reportRefusals'],
  ...['listFiles', 'exportFiles', 'getFile', 'getFileUrl', 'updateFile', 'confirmFile'],
  ...['deleteFile', 'restoreFile', 'changeFiles', 'listFileVersions', 'getFileHistory'],
  ...['getProject', 'getUsage', 'listUploaders', 'listKeys', 'createKey', 'rollKey', 'revokeKey'],
  ...['listEvents', 'listWebhooks', 'createWebhook', 'getWebhook', 'updateWebhook'],
  ...['deleteWebhook', 'rollWebhookSecret', 'testWebhook', 'replayWebhook'],
  ...['listWebhookDeliveries', 'getWebhookDelivery', 'resendWebhookDelivery'],
];

export const TAGS = ['Uploads', 'Files', 'Project', 'Keys', 'Events', 'Webhooks'].map((name) => ({
  name,
}));

const placeOf = (operation: unknown): number => {
  const { operationId = '' } = operation as { operationId?: string };
  const place = OPERATIONS.indexOf(operationId);
  return place === -1 ? OPERATIONS.length : place;
};

const sorted = (of: object, place: (value: unknown) => number): object =>
  Object.fromEntries(Object.entries(of).sort(([, one], [, other]) => place(one) - place(other)));

/** The same document, in an order to be read in. */
export function inOrder<T extends { paths?: object }>(document: T): T {
  const paths = Object.entries(document.paths ?? {}).map(([path, item]) => [
    path,
    sorted(item as object, placeOf),
  ]);
  const first = (item: unknown) => Math.min(...Object.values(item as object).map(placeOf));
  return { ...document, paths: sorted(Object.fromEntries(paths), first) };
}

export const OPENAPI_INFO = {
  openapi: '3.1.0',
  info: {
    title: 'Slipway API',
    version: '1.0.0',
    description:
      'Upload files to your own storage in three calls: ask for a URL, PUT the bytes, complete. A file that is `ready` is there, whole, and of the type it claims.',
  },
};
