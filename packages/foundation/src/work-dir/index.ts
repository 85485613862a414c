export { keepWorkDirClean, withWorkDir } from './work-dir.ts';
