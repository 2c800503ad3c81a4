/** Compares two threads with one in a worker of the page: there the first thread may wait. */
import { offerThreads } from "../../src/engine/threads.ts";
import { offerOwnThreads } from "../../src/lab/own-threads.ts";
import { allCases } from "./all-cases.ts";
import { sharedTrainings } from "./shared-trainings.ts";
import { caseDifferences, trainingDifferences } from "./two-threads.ts";

export interface ThreadReport {
  readonly isOffered: boolean;
  readonly compared: number;
  readonly differing: readonly string[];
}

async function compareAll(): Promise<ThreadReport> {
  if (!(await offerOwnThreads(0))) return { isOffered: false, compared: 0, differing: [] };
  const differing: string[] = [];
  let compared = 0;
  const note = (what: string, found: readonly string[]) => {
    compared++;
    if (found.length > 0) differing.push(`${what}: ${found.join(", ")}`);
  };
  for (const operationCase of allCases) {
    for (let seed = 11; seed <= 13; seed++) {
      note(`${operationCase.name}, seed ${seed}`, await caseDifferences(operationCase, seed));
    }
  }
  for (const [name, make] of sharedTrainings(5)) note(name, await trainingDifferences(make, 5));
  offerThreads(undefined);
  return { isOffered: true, compared, differing };
}

addEventListener("message", () => {
  void compareAll().then(postMessage, (error) =>
    postMessage({ isOffered: true, compared: 0, differing: [String(error)] } satisfies ThreadReport),
  );
});
