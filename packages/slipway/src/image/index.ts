export { createImageProcessor, type ImageProcessor } from './processor.ts';
