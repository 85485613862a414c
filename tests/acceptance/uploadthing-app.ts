/** A customer's server with the unmodified SDK: all it knows of Slipway is in its environment. */
import { createRouteHandler, createUploadthing, type FileRouter } from 'uploadthing/server';
import { mayHang, note, serveApp } from './app-process.ts';

const f = createUploadthing();
const router = {
  anything: f({ blob: { maxFileSize: '16MB', maxFileCount: 4 } })
    .middleware(() => ({ user: 'user_1' }))
    .onUploadError(({ fileKey }) => note(`error ${fileKey}`))
    .onUploadComplete(async ({ metadata, file }) => {
      note(`started ${file.key}`);
      await mayHang();
      note(`done ${file.key}`);
      return { uploadedBy: metadata.user, hash: file.fileHash, at: file.ufsUrl };
    }),
  quiet: f({ blob: { maxFileSize: '16MB' } }, { awaitServerData: false })
    .middleware(() => ({}))
    .onUploadComplete(({ file }) => note(`done ${file.key}`)),
} satisfies FileRouter;
const handle = createRouteHandler({ router, config: { logLevel: 'None' } });

await serveApp(handle);
