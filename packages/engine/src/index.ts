export type * from './child-protocol.ts';
export {
  balanceListing,
  type FrameLight,
  type ListingLight,
  lightOfScene,
  type SceneLight,
} from './color/balance-listing.ts';
export {
  DELIVERIES,
  DELIVERY_NAMES,
  type Delivery,
  type DeliveryName,
} from './encode/deliveries.ts';
export { ALTERING_STEPS, type PhotoTexts } from './encode/edit-record.ts';
export { METADATA_POLICIES, type MetadataPolicy } from './encode/file-metadata.ts';
export type { EncodedImage, OutputFormat } from './encoded-image.ts';
export type { RunLimits } from './engine-child.ts';
export { EngineRunner, type RunnerOptions } from './engine-runner.ts';
export { ENGINE_VERSION } from './engine-version.ts';
export {
  type EnhanceHooks,
  type EnhanceReport,
  type EnhanceResult,
  enhance,
  type Recipe,
} from './enhance.ts';
export { ENGINE_ERROR_CODES, EngineError, type EngineErrorCode } from './errors.ts';
export type { ExposureMode } from './frames/read-exif.ts';
export { type FrameInfo, readFrameInfo } from './frames/read-frame-info.ts';
export type { FrameFormat } from './frames/sniff-format.ts';
export type { Corners } from './geometry/corners.ts';
export { groupFramesAside } from './group/group-aside.ts';
export {
  type FrameGroups,
  type GroupableFrame,
  type GroupOptions,
  groupFrames,
} from './group/group-frames.ts';
export type { Measurements } from './inspect/measurements.ts';
export { QUALITY_RULES } from './inspect/rules.ts';
export type {
  EnhanceOptions,
  LimitOptions,
  OutputOptions,
  PreviewOptions,
  ResolvedOptions,
} from './options/options.ts';
export { PRESET_NAMES, type PresetName } from './options/presets.ts';
export { presetSettings, resolveOptions } from './options/resolve-options.ts';
export { SETTING_RANGES, type StepSettings, type TunableStep } from './options/settings.ts';
export { runEngineChild } from './run-child.ts';
export { BUILT_STEPS } from './steps/built-steps.ts';
export type { StepReport } from './steps/run-step.ts';
export type { CropFacts, InputFrame, Progress, StepFacts, Warning } from './steps/step.ts';
export { STEP_NAMES, type StepName } from './steps/step-names.ts';
