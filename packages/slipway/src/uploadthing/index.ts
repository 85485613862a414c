export { mountUploadthing } from './http.ts';
