/** `npm run --silent grade`: installs what is missing, then hands the terminal over to `grade.ts`. Plain Node 20. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, ROOT, requireNode, runMain, toolEnv } from "./bootstrap.mjs";

await runMain(async () => {
  // Whoever installed the packages in another way is not made to wait; the standard output is for answers only.
  const installed = ["es-hangul", "yaml", "zod"].every((name) =>
    existsSync(join(ROOT, "node_modules", name)),
  );
  if (installed) requireNode();
  else await ensureInstalled(ROOT, { say: console.error, quiet: true });
  const child = spawn("node", [join(ROOT, "scripts", "grade.ts")], { env: toolEnv(), stdio: "inherit" });
  return new Promise((resolve) => child.once("close", (code) => resolve(code ?? 1)));
});
