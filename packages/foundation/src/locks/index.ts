export { type AcquireOptions, createLocks, type HeldLock, type Locks } from './create-locks.ts';
