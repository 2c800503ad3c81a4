/** The packages of `authoring/`: data and fonts that only making the networks needs. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ensureInstalled, ROOT } from "../bootstrap.mjs";

export const AUTHORING = join(ROOT, "authoring");

/** Installs the packages where they are not yet. @throws Problem when npm fails. */
export const ensureAuthoring = () => ensureInstalled(AUTHORING);

/** The folder of a package. @throws Error when it is not installed. */
export function packageFolder(name: string): string {
  return dirname(createRequire(join(AUTHORING, "package.json")).resolve(`${name}/package.json`));
}
