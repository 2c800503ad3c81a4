/** How many bytes a page loads when it builds and trains networks with the engine. */
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { ROOT } from "./bootstrap.mjs";

/** Minified code of a page that trains networks of `src/nn` (and so all of the engine they use), and its gzip. */
export async function engineSize(): Promise<{ bytes: number; gzip: number }> {
  const result = await build({
    ...{ root: ROOT, configFile: false, logLevel: "error" },
    build: {
      ...{ write: false, minify: true, target: "esnext" },
      lib: { entry: join(ROOT, "benchmarks/engine-entry.ts"), formats: ["es"], fileName: "engine" },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) =>
    "output" in one ? one.output : [],
  );
  const code = outputs.map((output) => (output.type === "chunk" ? output.code : "")).join("");
  return { bytes: Buffer.byteLength(code), gzip: gzipSync(code, { level: 9 }).length };
}
