export { errorResponder, errorSchema, json, security } from './openapi.ts';
