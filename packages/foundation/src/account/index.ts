export { type AccountEnd, deleteAccount } from './delete.ts';
export { renameUser } from './rename.ts';
export { DeleteAccount, RenameUser, SessionRef } from './schema.ts';
export { endOtherSessions, endSession, listSessions, type SessionView } from './sessions.ts';
