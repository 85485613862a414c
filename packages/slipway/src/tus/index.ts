export { mountTus } from './http.ts';
export { mountUploadTokens } from './upload-token-http.ts';
