/** What lesson 4 and the widget's goals say of deep networks, tried over seeds in the very networks it trains. */
import { describe, expect, test } from "vitest";
import type { Divergence } from "../../src/lab/protocol.ts";
import { healthGoals } from "../../src/widgets/gradient-health/goals.ts";
import {
  changedTreatments,
  type HealthState,
  healthState,
  PATIENTS,
  type PatientId,
} from "../../src/widgets/gradient-health/state.ts";
import {
  type HealthFrame,
  healthConfig,
  healthLive,
  healthTrainers,
  TRIAL,
} from "../../src/widgets/gradient-health/trainer.ts";

const SEEDS = [1, 2];
/**
 * Steps after which a patient counts as not helped here: those who are helped need 25 to 225. (A whole trial of 1500
 * steps helps none of the others either; it would only take longer.)
 */
const HOPELESS = 250;
/** With residual connections, whose cure needs 725. */
const HOPELESS_RESIDUAL = 800;
const trainers = healthTrainers();

interface Outcome {
  readonly frame: HealthFrame;
  readonly divergence: Divergence | undefined;
  /** Goals reached. */
  readonly goals: readonly string[];
}

/** A patient with these settings changed, until the task is solved, the trial is over or it diverges. */
function examine(patient: PatientId, patch: Partial<HealthState>, seed = 1, steps = TRIAL): Outcome {
  const state = { ...healthState.defaults, patient, ...PATIENTS[patient], ...patch, seed, open: true };
  const trainer = trainers(healthConfig(state));
  trainer.setLive(healthLive(state, steps));
  let { frame } = trainer.frame();
  while (frame.steps < steps && frame.trainedAt === undefined) {
    const completed = trainer.advance(50);
    frame = trainer.frame().frame;
    if (completed === 0) break;
  }
  const divergence = trainer.divergence();
  const goals = healthGoals(state, frame, divergence).flatMap(({ id, done }) => (done ? [id] : []));
  return { frame, divergence, goals };
}

const goalsOver = (patient: PatientId, patch: Partial<HealthState>) =>
  SEEDS.map((seed) => examine(patient, patch, seed).goals);

/** First hidden layer's gradient over the last one's, before training. */
const ratio = ({ firstGradients }: HealthFrame) => firstGradients[0]! / firstGradients.at(-2)!;

describe("the vanishing patient: 30 sigmoid layers, small weights", () => {
  test("comes in with gradients of 0 in the first layers, and does not learn", () => {
    for (const seed of SEEDS) {
      const { frame, goals } = examine("vanishing", {}, seed, seed === 1 ? HOPELESS : 25);
      expect(frame.firstGradients.slice(0, 5).every((value) => value === 0)).toBe(true);
      expect(frame.changes.slice(0, 10).every((value) => value === 0)).toBe(true);
      expect(frame.testAccuracy).toBeLessThan(0.6);
      expect(goals).toEqual([]);
    }
  });

  // Cases of one structure stand together: its program is compiled once.
  test.each<Partial<HealthState>>([
    { init: "xavier" },
    { norm: "batch" },
    { norm: "batch", init: "xavier" },
    { norm: "batch", init: "he" },
    { norm: "batch", residual: true },
    { residual: true },
    { residual: true, init: "normal" },
  ])("two of these changes help from every seed, one alone does not: %o", (patch) => {
    const count = changedTreatments({ ...healthState.defaults, ...patch }).length;
    const steps = patch.residual ? HOPELESS_RESIDUAL : HOPELESS;
    if (count === 1) expect(examine("vanishing", patch, 1, steps).goals).toEqual([]);
    else expect(goalsOver("vanishing", patch)).toEqual(SEEDS.map(() => ["vanishing"]));
  });

  test("a third change, or another depth, does not count", () => {
    expect(examine("vanishing", { norm: "batch", residual: true, init: "he" }).goals).toEqual([]);
    expect(examine("vanishing", { norm: "batch", init: "he", depth: 10 }).goals).toEqual([]);
  });
});

describe("the exploding patient: 30 ReLU layers, weights from N(0, 1)", () => {
  test("diverges in the second step, in the forward pass", () => {
    for (const seed of SEEDS) {
      const { divergence, goals } = examine("exploding", {}, seed);
      expect(divergence?.step).toBe(2);
      expect(divergence?.node).toMatch(/^forward \d+$/);
      expect(goals).toEqual(["divergence"]);
    }
  });

  test("the gradients are as large in all layers, and huge", () => {
    for (const seed of SEEDS) {
      const { firstGradients } = examine("exploding", {}, seed, 1).frame;
      const hidden = firstGradients.slice(1, -1);
      expect(Math.max(...hidden) / Math.min(...hidden)).toBeLessThan(30);
      expect(Math.min(...hidden)).toBeGreaterThan(1e6);
    }
  });

  test("He's initialisation alone cures it", () => {
    expect(goalsOver("exploding", { init: "he" })).toEqual(SEEDS.map(() => ["exploding"]));
  });

  test.each<Partial<HealthState>>([
    { clip: true },
    { residual: true },
    { init: "xavier" },
    { rate: "0.001" },
  ])("another single change does not: %o", (patch) => {
    expect(examine("exploding", patch, 1, HOPELESS).goals).not.toContain("exploding");
  });
});

describe("the patient with 50 ReLU layers and batch normalisation", () => {
  test("does not learn, and its gradients grow towards the first layer", () => {
    for (const seed of SEEDS) {
      const { frame, goals } = examine("degrading", {}, seed, seed === 1 ? 100 : 1);
      expect(ratio(frame)).toBeGreaterThan(1000);
      expect(goals).toEqual([]);
    }
  });

  test("residual connections alone cure it within 300 steps", () => {
    for (const seed of SEEDS) {
      const { frame, goals } = examine("degrading", { residual: true }, seed);
      expect(goals).toEqual(["degrading"]);
      expect(frame.trainedAt).toBeLessThanOrEqual(300);
    }
  });
});

describe("what the text says", () => {
  test("sigmoid with Xavier weights: a quarter a layer at most, so 30 layers leave less than 10⁻¹⁵", () => {
    for (const seed of SEEDS) {
      const { frame } = examine("own", { depth: 30, activation: "sigmoid" }, seed, 1);
      expect(ratio(frame)).toBeLessThan(1e-15);
      expect(ratio(frame)).toBeGreaterThan(0);
    }
  });

  test("tanh with Xavier weights keeps 30 layers within a factor of 100", () => {
    for (const seed of SEEDS) {
      const { frame } = examine("own", { depth: 30 }, seed, 1);
      expect(ratio(frame)).toBeGreaterThan(1e-2);
      expect(ratio(frame)).toBeLessThan(1e2);
    }
  });

  test("with all weights 0 the hidden layers' gradients are exactly 0, whatever else is set", () => {
    for (const patch of [{}, { activation: "relu" }, { activation: "sigmoid", norm: "layer" }] as const) {
      const { frame } = examine("own", { init: "zeros", ...patch }, 1, 1);
      expect([...frame.firstGradients.slice(0, -1)].every((value) => value === 0)).toBe(true);
    }
  });
});
