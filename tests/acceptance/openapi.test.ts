import { expect, test } from 'vitest';
import { slipwayUrl } from './slipway-account.ts';

const base = slipwayUrl();

test('the document describes every route, and every route in it asks for a key or a signature', async () => {
  const document = await (await fetch(`${base}/api/openapi.json`)).json();
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths).sort()).toEqual([
    '/events',
    '/files',
    '/files/bulk',
    '/files/export',
    '/files/{id}',
    '/files/{id}/callback',
    '/files/{id}/callback/claim',
    '/files/{id}/confirm',
    '/files/{id}/history',
    '/files/{id}/restore',
    '/files/{id}/url',
    '/files/{id}/versions',
    '/keys',
    '/keys/{id}',
    '/keys/{id}/roll',
    '/project',
    '/upload-complete',
    '/upload-from-url',
    '/upload-log',
    '/upload-token',
    '/upload-url',
    '/uploads/{id}',
    '/usage',
    '/usage/uploaders',
    '/webhooks',
    '/webhooks/{id}',
    '/webhooks/{id}/deliveries',
    '/webhooks/{id}/deliveries/{deliveryId}',
    '/webhooks/{id}/deliveries/{deliveryId}/resend',
    '/webhooks/{id}/replay',
    '/webhooks/{id}/roll',
    '/webhooks/{id}/test',
  ]);
  for (const [path, methods] of Object.entries<object>(document.paths)) {
    for (const method of Object.keys(methods)) {
      const response = await fetch(`${base}/api${path.replace(/\{\w+\}/g, 'file_x')}`, {
        method: method.toUpperCase(),
      });
      // The address of an upload in parts is signed instead.
      const refused = path.startsWith('/uploads/') ? 400 : 401;
      expect(response.status, `${method} ${path}`).toBe(refused);
    }
  }
});
