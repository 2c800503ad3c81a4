/** Counts a program's steps and says where they stopped being finite. */
import type { Graph } from "../engine/graph.ts";
import type { Program } from "../engine/program.ts";

export interface NonFinite {
  /** Number of the step that was not completed, from 1. */
  readonly step: number;
  /** The first node, in the order of computation, whose value was infinite or not a number. */
  readonly node: string;
}

/** Runs one entry, whose guard stops it before a step with a value that is not finite. */
export class StepWatch<Name extends string> {
  readonly #graph: Graph;
  readonly #program: Program<Name>;
  readonly #entry: Name;
  #steps = 0;
  #nonFinite: NonFinite | null = null;

  constructor(graph: Graph, program: Program<Name>, entry: Name) {
    this.#graph = graph;
    this.#program = program;
    this.#entry = entry;
  }

  /** Steps completed. */
  get steps(): number {
    return this.#steps;
  }

  /** Where it stopped; `null` while everything is finite. */
  get nonFinite(): NonFinite | null {
    return this.#nonFinite;
  }

  /** Runs the entry `times` times; returns the steps completed, fewer than asked when one was not finite. */
  run(times: number): number {
    const completed = this.#program.run(this.#entry, times);
    this.#steps += completed;
    if (completed < times) {
      const node = this.#program.firstNonFinite(this.#entry);
      this.#nonFinite = { step: this.#steps + 1, node: node ? this.#graph.nameOf(node) : this.#entry };
    }
    return completed;
  }

  /** Counts from 0 again, after the parameters were written anew. */
  reset(): void {
    this.#steps = 0;
    this.#nonFinite = null;
  }
}
