export {
  API_ERRORS,
  AppError,
  type AppErrorOptions,
  apiError,
  appError,
  BASE_ERRORS,
  defineErrors,
} from './app-error.ts';
export {
  isDatabaseError,
  isUniqueViolation,
  pgErrorOf,
  toAppError,
  validationError,
} from './to-app-error.ts';
