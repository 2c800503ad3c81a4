/** What can go wrong with a file or a session, each told to the learner in a sentence that says what to do. */
export type OnnxProblem =
  | "missing-file"
  | "network"
  | "truncated"
  | "damaged"
  | "not-onnx"
  | "unknown-operator"
  | "unsupported"
  | "wrong-input"
  | "out-of-memory"
  | "failed";

/** `message` is Korean and may be shown as it is. */
export class OnnxError extends Error {
  readonly problem: OnnxProblem;

  constructor(problem: OnnxProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "OnnxError";
    this.problem = problem;
  }
}
