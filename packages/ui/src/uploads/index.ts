export { canDigest, digestOf } from './digest.ts';
export {
  type Duplicate,
  type Incoming,
  type IntakeSnapshot,
  UploadIntake,
} from './intake.ts';
export { KeptFiles, noteHandle } from './kept-files.ts';
export { LocalTable, newLocalId } from './local-table.ts';
export { amongTabs, canTellTabs } from './tabs.ts';
export { useIsOffline } from './use-offline.ts';
