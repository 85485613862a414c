export { createUrlSigner, type SignedParams, type UrlSigner } from './url-signer.ts';
