/** Reads any ONNX file whose operators we have. */
import { type ImportedModel, type ImportOptions, importWith } from "./importer.ts";
import { READINGS } from "./reading.ts";

export type { ImportedModel, ImportOptions } from "./importer.ts";

/** @throws OnnxError in Korean: damaged bytes, an unknown operator, a feature we do not have. */
export const importOnnx = (bytes: Uint8Array, options: ImportOptions = {}): ImportedModel =>
  importWith(READINGS, bytes, options);
