export { type AccountEnd, deleteAccount } from './delete.ts';
export { getMe, type Me } from './me.ts';
export { accountProcedures } from './procedures.ts';
export { DeleteAccount } from './schema.ts';
