/** The first of two threads that train a workload. */
import { offerOwnThreads } from "../own-threads.ts";
import { cnnTraining } from "./cnn.ts";
import { gptTraining } from "./gpt.ts";
import { pictureMlpTraining } from "./networks.ts";
import { type Training, trainingProgram } from "./trained.ts";
import type { FromFirstThread, SharedWorkload, ToFirstThread } from "./two-threads.ts";

const TRAININGS: Readonly<Record<SharedWorkload, () => Training>> = {
  "mlp-mnist": pictureMlpTraining,
  "cnn-mnist": cnnTraining,
  "gpt-tiny": gptTraining,
};

/** Milliseconds after which a second thread is given up. */
const PATIENCE = 10_000;

let made: ReturnType<typeof trainingProgram> | undefined;

async function make(workload: SharedWorkload): Promise<FromFirstThread> {
  if (!(await offerOwnThreads())) return { reason: "this machine offers no second thread" };
  made = trainingProgram(TRAININGS[workload]());
  const { program } = made;
  program.share("step");
  const start = performance.now();
  while (program.threads("step") < 2) {
    if (performance.now() - start > PATIENCE) return { reason: "the second thread does not come" };
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return {};
}

async function answer(message: ToFirstThread): Promise<FromFirstThread> {
  if (message.type === "make") return make(message.workload);
  const { program, loss } = made!;
  if (message.type === "run") {
    if (program.threads("step") < 2) throw new Error("the second thread has gone");
    if (program.run("step", message.times) < message.times)
      throw new Error("the training has become infinite");
    return {};
  }
  program.run("loss");
  return { result: Float32Array.from(program.view(loss)) };
}

addEventListener("message", ({ data }: MessageEvent<ToFirstThread>) => {
  void answer(data).then(postMessage, (error) => {
    // Thrown anew outside the promise, it reaches the page as the worker's error.
    setTimeout(() => {
      throw error;
    });
  });
});
