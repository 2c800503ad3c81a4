/** How many bytes of the engine a page loads: measured on the workers of the widgets, as the site builds them. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { ROOT } from "./bootstrap.mjs";

/** Bytes of the minified code: of `src/engine` alone, and of the whole worker with its layers, data and protocol. */
export interface WorkerSize {
  readonly widget: string;
  readonly engine: { readonly bytes: number; readonly gzip: number };
  readonly whole: { readonly bytes: number; readonly gzip: number };
}

const WIDGETS = join(ROOT, "src/widgets");

/** Every widget that trains in a worker, the one with the most engine first. */
export async function workerSizes(): Promise<WorkerSize[]> {
  const widgets = readdirSync(WIDGETS).filter((name) => existsSync(join(WIDGETS, name, "worker.ts")));
  const sizes: WorkerSize[] = [];
  for (const widget of widgets) sizes.push(await sizeOf(widget));
  return sizes.sort((a, b) => b.engine.gzip - a.engine.gzip);
}

async function sizeOf(widget: string): Promise<WorkerSize> {
  // What a second thread takes is a chunk of its own, loaded only on cross-origin isolated pages.
  const engine = { name: "engine", test: /\/src\/engine\/(?!threads\.ts)/ };
  const result = await build({
    ...{ root: ROOT, configFile: false, logLevel: "error" },
    build: {
      ...{ write: false, minify: true, target: "esnext" },
      rolldownOptions: {
        input: join(WIDGETS, widget, "worker.ts"),
        output: { format: "es", codeSplitting: { groups: [engine] } },
      },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) =>
    "output" in one ? one.output : [],
  );
  const chunks = outputs.flatMap((output) => (output.type === "chunk" ? [output] : []));
  const measure = (codes: readonly string[]) => ({
    bytes: codes.reduce((total, code) => total + Buffer.byteLength(code), 0),
    gzip: codes.reduce((total, code) => total + gzipSync(code, { level: 9 }).length, 0),
  });
  const own = chunks.filter(({ name }) => name === engine.name);
  return {
    widget,
    engine: measure(own.map(({ code }) => code)),
    whole: measure(chunks.map(({ code }) => code)),
  };
}
