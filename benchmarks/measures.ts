/** Compile time and memory of our engine. */
import { compile, type Entry, targetsOf } from "../src/engine/compile/compile.ts";
import { detectFeatures } from "../src/engine/compile/features.ts";
import { fuse, storageOf } from "../src/engine/compile/fuse.ts";
import { paddedBytes } from "../src/engine/compile/memory.ts";
import { ancestors, isLeaf, type Tensor } from "../src/engine/graph.ts";
import { createProgram } from "../src/engine/program.ts";
import { cnnTraining } from "../src/lab/speed/cnn.ts";
import { gptTraining } from "../src/lab/speed/gpt.ts";
import { spread } from "../src/lab/speed/measure.ts";
import { pictureMlpTraining, playgroundNetwork } from "../src/lab/speed/networks.ts";
import { type Training, trainingEntries } from "../src/lab/speed/trained.ts";

export interface Measures {
  /** Milliseconds from the layers to a program that can run: graph, derivative, plan, code, WebAssembly module. */
  readonly compile: readonly {
    readonly network: string;
    /** In a fresh page. */
    readonly first: number;
    readonly median: number;
    readonly limit: number;
  }[];
  /**
   * Bytes a program takes, and bytes that must live at its fullest moment: leaves (parameters, optimizer state,
   * batch), outputs, and the largest sum of values that are computed but still to be read.
   */
  readonly memory: readonly { readonly network: string; readonly peak: number; readonly needed: number }[];
}

/**
 * Enough for the machine's own compilers to have seen the code: what a learner meets who changes the structure
 * again and again. The first time of a page is reported beside it.
 */
const REPEATS = 30;

export function takeMeasures(): Measures {
  const trainings: readonly [string, number, Training][] = [
    ["784-128-10", 60, pictureMlpTraining()],
    ["cnn-mnist", 60, cnnTraining()],
    ["gpt-tiny", 60, gptTraining()],
  ];
  return {
    compile: [
      timed("2-8-8-1", 5, () => playgroundNetwork(10)),
      ...trainings.map(([name, limit, training]) =>
        timed(name, limit, () => {
          const { graph, entries } = trainingEntries(training);
          createProgram(graph, entries);
        }),
      ),
    ],
    memory: trainings.map(([network, , training]) => ({
      network,
      ...memoryOf(trainingEntries(training).entries),
    })),
  };
}

function timed(network: string, limit: number, build: () => void): Measures["compile"][number] {
  const times = Array.from({ length: REPEATS }, () => {
    const start = performance.now();
    build();
    return performance.now() - start;
  });
  return { network, limit, first: times[0]!, median: spread(times.slice(1)).median };
}

/** What the compiler laid out, against what no layout could avoid. */
function memoryOf(entries: Readonly<Record<string, Entry>>): { peak: number; needed: number } {
  const { pages } = compile(entries, { relaxed: detectFeatures().relaxedSimd });
  const kept = new Set<Tensor>();
  for (const { outputs = [], updates = new Map<Tensor, Tensor>(), ...rest } of Object.values(entries)) {
    for (const output of outputs) kept.add(storageOf(output));
    for (const node of ancestors(targetsOf({ outputs, updates, ...rest }))) if (isLeaf(node)) kept.add(node);
  }
  const always = [...kept].reduce((total, tensor) => total + paddedBytes(tensor), 0);
  const live = Math.max(...Object.values(entries).map((entry) => largestLive(entry, kept)));
  return { peak: pages * 65536, needed: always + live };
}

/** Bytes of the temporaries that live at once at the entry's fullest step. */
function largestLive(entry: Entry, kept: ReadonlySet<Tensor>): number {
  const targets = targetsOf(entry);
  const steps = fuse(ancestors(targets), new Set(targets.map(storageOf)));
  const lastReader = new Map<Tensor, number>();
  steps.forEach(({ reads }, at) => {
    for (const read of reads) lastReader.set(storageOf(read), at);
  });
  const written = new Set([...(entry.updates?.values() ?? [])].map(storageOf));
  let [largest, live] = [0, 0];
  const ending = new Map<number, number>();
  steps.forEach(({ root }, at) => {
    // A parameter's new value takes the old one's place.
    if (!kept.has(root) && !written.has(root)) {
      const bytes = paddedBytes(root);
      live += bytes;
      const end = lastReader.get(root) ?? at;
      ending.set(end, (ending.get(end) ?? 0) + bytes);
    }
    largest = Math.max(largest, live);
    live -= ending.get(at) ?? 0;
  });
  return largest;
}
