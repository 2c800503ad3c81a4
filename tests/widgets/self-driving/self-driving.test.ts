import { describe, expect, it } from "vitest";
import { COLUMNS, PIXELS, photograph, ROWS } from "../../../src/widgets/self-driving/camera.ts";
import {
  carAt,
  MOST_STEERING,
  modelDriver,
  moved,
  STEP,
  WHEELBASE,
} from "../../../src/widgets/self-driving/car.ts";
import {
  corrections,
  demonstration,
  drive,
  joined,
  Ride,
  type Route,
} from "../../../src/widgets/self-driving/drive.ts";
import { drivingGoals } from "../../../src/widgets/self-driving/goals.ts";
import { Hands } from "../../../src/widgets/self-driving/hands.ts";
import { LiveRide } from "../../../src/widgets/self-driving/live-ride.ts";
import { Driver, LEARNING_RATE, splitRecordings } from "../../../src/widgets/self-driving/network.ts";
import { createRoad, placeOn, ROAD_LENGTH } from "../../../src/widgets/self-driving/road.ts";
import { outcomesOf, trialsOf, tryOut } from "../../../src/widgets/self-driving/trials.ts";

const straight = createRoad("straight", 1);
const routeOf = (patch: Partial<Route> = {}): Route => ({
  ...{ kind: "gentle", seed: 1, look: "day", speed: 9 },
  ...patch,
});

describe("the road", () => {
  it("is smooth, advances one metre a point, and is the same for the same seed", () => {
    const road = createRoad("winding", 5);
    for (let i = 1; i < road.x.length; i++) {
      expect(Math.hypot(road.x[i]! - road.x[i - 1]!, road.y[i]! - road.y[i - 1]!)).toBeCloseTo(1, 9);
      // No bend is tighter than 12 m.
      expect(Math.abs(road.direction[i]! - road.direction[i - 1]!)).toBeLessThan(1 / 12);
    }
    expect(createRoad("winding", 5).y).toEqual(road.y);
    expect(createRoad("winding", 6).y).not.toEqual(road.y);
  });

  it("says where a point lies: along it and to the left of its middle", () => {
    expect(placeOn(straight, 30.3, 1.5, 25)).toMatchObject({ nearest: 30, offset: 1.5 });
    expect(placeOn(straight, 30.3, 1.5, 25).along).toBeCloseTo(30.3, 9);
  });
});

describe("the car", () => {
  it("goes straight on with straight wheels", () => {
    let car = carAt(straight, 10, 1);
    for (let i = 0; i < 60; i++) car = moved(straight, car, 0, 9);
    expect([car.x, car.y, car.heading]).toEqual([expect.closeTo(19, 9), 1, 0]);
  });

  it("turns its wheels at their own speed: three tenths in a tenth of a second", () => {
    let car = carAt(straight, 10);
    for (let i = 0; i < 6; i++) car = moved(straight, car, 1, 9);
    expect(car.steering).toBeCloseTo(0.3, 9);
  });

  it("runs in a circle of radius L / tan δ", () => {
    const radius = WHEELBASE / Math.tan(0.5 * MOST_STEERING);
    let car = { ...carAt(straight, 50), steering: 0.5 };
    const start = car;
    const half = Math.round((Math.PI * radius) / (6 * STEP));
    for (let i = 0; i < half; i++) car = moved(straight, car, 0.5, 6);
    // After half a turn it is two radii to the left; a step is 10 cm long.
    expect(Math.hypot(car.x - start.x, car.y - start.y)).toBeCloseTo(2 * radius, 1);
    expect(car.heading - start.heading).toBeCloseTo(Math.PI, 1);
  });

  it("has a model driver who steers by pure pursuit, as by hand", () => {
    // Looks 0.9 s · 10 m/s = 9 m ahead; 2 m to the right of the middle the target lies at (9, 2).
    const distance = Math.hypot(9, 2);
    const wheel = Math.atan((2 * WHEELBASE * (2 / distance)) / distance);
    expect(modelDriver(straight, carAt(straight, 50, -2), 10)).toBeCloseTo(wheel / MOST_STEERING, 9);
    expect(modelDriver(straight, carAt(straight, 50), 10)).toBe(0);
  });

  it("is kept on every kind of road by the model driver", () => {
    for (const kind of ["straight", "gentle", "winding"] as const) {
      const driven = drive(routeOf({ kind, seed: 3, speed: 12 }), (_picture, ride) => ride.advice);
      expect(driven).toMatchObject({ first: ROAD_LENGTH, departures: 0 });
    }
  });

  it("is set back when it is lost, and its departures are counted", () => {
    const driven = drive(routeOf({ kind: "straight" }), () => 0.2, { until: 100 });
    expect(driven.departures).toBeGreaterThan(3);
    expect(driven.first).toBeLessThan(30);
  });
});

describe("the camera", () => {
  const pixel = (picture: Float32Array, row: number, column: number) => picture[row * COLUMNS + column]!;

  it("sees the edge lines where they are by hand", () => {
    const picture = photograph(straight, carAt(straight, 52), "day");
    // Row 10 (its middle 7.5 below the horizon, each 1/16 of the distance) meets the ground 1.5 · 16 / 7.5 = 3.2 m
    // ahead; the middle of the line, 3.05 m aside, is seen 3.05 / 3.2 · 16 = 15.25 pixels from the centre.
    const row = Array.from({ length: 16 }, (_, column) => pixel(picture, 10, column));
    expect(row.indexOf(Math.max(...row))).toBe(0);
    // Row 7 at 1.5 · 16 / 4.5 = 5.33 m: 9.15 pixels from the centre, in column 16 − 10 = 6.
    const further = Array.from({ length: 12 }, (_, column) => pixel(picture, 7, column));
    expect(further.indexOf(Math.max(...further))).toBe(6);
  });

  it("is mirrored when the car is", () => {
    const left = photograph(straight, carAt(straight, 52, 1, 0.1), "day");
    const right = photograph(straight, carAt(straight, 52, -1, -0.1), "day");
    for (let row = 0; row < ROWS; row++) {
      for (let column = 0; column < COLUMNS; column++) {
        expect(pixel(left, row, column)).toBeCloseTo(pixel(right, row, COLUMNS - 1 - column), 5);
      }
    }
  });

  it("sees less by night, and the farther the less", () => {
    const [day, night] = (["day", "night"] as const).map((look) =>
      photograph(straight, carAt(straight, 52), look),
    );
    expect(pixel(night!, 15, 16) / pixel(day!, 15, 16)).toBeGreaterThan(
      pixel(night!, 5, 16) / pixel(day!, 5, 16),
    );
    expect(day!.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});

describe("a ride on the page", () => {
  /** Two seconds in pieces of so many milliseconds; a network that answers late. */
  async function ridden(pieces: (i: number) => number, pilot: "own" | "network") {
    const steer = async (picture: Float32Array) => 0.3 * Math.sin(20 * picture[200]!);
    const live = new LiveRide(routeOf(), () => ({ recorded: () => undefined, steer }), pilot);
    live.hands.key(pilot === "own" ? 1 : 0);
    const path: number[] = [];
    for (let i = 0; live.ride.steps < 120; i++) {
      live.offer(pieces(i) / 1000);
      for (let turn = 0; turn < 40; turn++) await Promise.resolve();
      const { steps, car } = live.ride;
      if (steps <= 120) path[steps] = car.y;
    }
    return path;
  }

  it.each(["own", "network"] as const)("%s: is the same at every frame rate", async (pilot) => {
    const fine = await ridden(() => 1000 / 240, pilot);
    for (const pieces of [() => 1000 / 60, () => 90, (i: number) => [5, 40, 17][i % 3]!]) {
      const path = await ridden(pieces, pilot);
      const reached = path.flatMap((y, steps) => (y === undefined ? [] : [[steps, y] as const]));
      expect(reached.length).toBeGreaterThan(15);
      for (const [steps, y] of reached) expect(y).toBe(fine[steps]);
    }
  });

  it("turns by keys little by little and by finger at once", () => {
    const hands = new Hands();
    hands.key(1);
    hands.pass(0.1);
    expect(hands.angle).toBeCloseTo(0.12, 9);
    for (let i = 0; i < 20; i++) hands.pass(0.1);
    expect(hands.angle).toBeCloseTo(0.4, 9);
    hands.point(1);
    hands.pass(0.01);
    expect(hands.angle).toBeCloseTo(-0.7, 9);
  });

  it("hands over what was recorded, once", () => {
    let recorded = 0;
    const events = { steer: async () => 0, recorded: () => recorded++ };
    const live = new LiveRide(routeOf(), () => events, "model");
    live.offer(1.5);
    live.finish();
    live.finish();
    expect(recorded).toBe(1);
  });
});

function trainedOn(
  parts: Parameters<typeof joined>[0],
  seed: number,
  driver = new Driver(seed),
  steps = 600,
) {
  const { train, held } = splitRecordings(joined(parts));
  driver.learnFrom(train, held, seed);
  for (let done = 0; done < steps; done += 8) {
    driver.train(8, LEARNING_RATE * Math.min(1, (3 * (steps - done)) / steps));
  }
  return driver;
}

describe("imitation", () => {
  it.each([2])("seed %d: drives the learned road, fails on bends, and is mended by corrections", (seed) => {
    const home = routeOf({ seed });
    const parts = [demonstration(home, 300)];
    const driver = trainedOn(parts, seed);
    const steer = (picture: Float32Array) => driver.steer(picture);
    const outcomes = () =>
      outcomesOf(
        trialsOf(home)
          .filter(({ condition, route }) => condition === "same" || route.seed === 901 || route.seed === 904)
          .filter(({ condition }) => condition === "same" || condition === "curves")
          .map((trial) => ({ condition: trial.condition, driven: tryOut(trial, steer) })),
      );
    const [same, curves] = outcomes();
    expect(same).toMatchObject({ metres: 400, departures: 0, alone: 1 });
    expect(curves!.metres).toBeLessThan(200);
    expect(curves!.departures).toBeGreaterThan(5);
    parts.push(corrections(routeOf({ kind: "winding", seed: 11 }), steer, seed));
    trainedOn(parts, seed, driver, 400);
    const [, mended] = outcomes();
    expect(mended!.metres).toBeGreaterThan(2 * curves!.metres);
    expect(mended!.departures).toBeLessThan(curves!.departures / 4);
  });

  it("copes with a driver who only taps keys", () => {
    const home = routeOf({ seed: 3, speed: 6 });
    const hands = new Hands();
    const recorded: { picture: Float32Array; angle: number }[] = [];
    drive(
      home,
      (picture, ride) => {
        const wish = ride.advice - hands.angle;
        hands.key(wish > 0.05 ? 1 : wish < -0.05 ? -1 : 0);
        hands.pass(4 * STEP);
        recorded.push({ picture: Float32Array.from(picture), angle: hands.angle });
        return hands.angle;
      },
      { until: 240 },
    );
    const pictures = new Float32Array(recorded.length * PIXELS);
    recorded.forEach(({ picture }, i) => {
      pictures.set(picture, i * PIXELS);
    });
    const driver = trainedOn([{ pictures, angles: Float32Array.from(recorded, ({ angle }) => angle) }], 1);
    const driven = drive(home, (picture) => driver.steer(picture), { until: 240 });
    expect(driven.departures).toBe(0);
  });

  it("holds back every tenth second, and no picture of it is learned", () => {
    const angles = Float32Array.from({ length: 450 }, (_, i) => i / 450);
    const { train, held } = splitRecordings({ angles, pictures: new Float32Array(450 * PIXELS) });
    expect(held.angles).toHaveLength(45);
    expect(train.angles).toHaveLength(405);
    expect([...held.angles].some((angle) => train.angles.includes(angle))).toBe(false);
    expect(held.angles[0]).toBe(angles[135]);
  });
});

describe("goals", () => {
  const recordings = demonstration(routeOf(), 200);
  const outcome = (condition: "same" | "curves", metres: number) => ({
    ...{ condition, metres, departures: metres < 400 ? 3 : 0, trials: 1, alone: 1 },
  });
  const done = (...[segments, measurements]: Parameters<typeof drivingGoals>) =>
    drivingGoals(segments, measurements)
      .filter((goal) => goal.done)
      .map(({ id }) => id);

  it("are judged from recordings and measurements", () => {
    expect(done([], [])).toEqual([]);
    const segment = { source: "model", route: routeOf(), recordings, departures: 0 } as const;
    expect(done([segment], [])).toEqual(["record"]);
    const bad = { pictures: 1, corrected: false, outcomes: [outcome("same", 400), outcome("curves", 90)] };
    expect(done([segment], [bad])).toEqual(["record", "clone", "fail"]);
    const good = { pictures: 2, corrected: true, outcomes: [outcome("same", 400), outcome("curves", 400)] };
    expect(done([segment], [bad, good])).toEqual(["record", "clone", "fail", "mend", "all"]);
    expect(done([segment], [good])).toEqual(["record", "clone", "all"]);
  });

  it("a push moves the car aside and leaves it on the road", () => {
    const ride = new Ride(routeOf({ kind: "straight" }));
    ride.push({ left: 9, turned: 0.1 });
    expect(ride.car.place.offset).toBe(3);
  });
});
