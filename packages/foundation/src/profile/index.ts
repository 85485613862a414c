export { findPicture, pictureUrl } from './picture.ts';
export { setPicture } from './set-picture.ts';
export { profile } from './table.ts';
