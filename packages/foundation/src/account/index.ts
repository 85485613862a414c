export { type AccountEnd, deleteAccount } from './delete.ts';
export { accountProcedures } from './procedures.ts';
export { DeleteAccount } from './schema.ts';
