/** What a page that builds, trains and explains networks imports from the engine: for its size. */
export * from "../src/engine/compile/features.ts";
export * from "../src/engine/gradient.ts";
export * from "../src/engine/graph.ts";
export * from "../src/engine/interpret.ts";
export * from "../src/engine/program.ts";
export * from "../src/engine/random.ts";
export * from "../src/nn/initialisers.ts";
export * from "../src/nn/layers.ts";
export * from "../src/nn/losses.ts";
export * from "../src/nn/mlp.ts";
export * from "../src/nn/optimizers.ts";
