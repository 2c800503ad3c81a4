import { type ActivationId, activationOf, type Example, type Weights, weightedSum } from "./model.ts";

/** A number in its sign's colour; a real minus sign, and brackets around negative ones inside a formula. */
export function Value({ value, digits = 2, alone }: { value: number; digits?: number; alone?: boolean }) {
  const text = Math.abs(value).toFixed(digits);
  const negative = value < 0 && Number(text) !== 0;
  return (
    <span class="pl-value" data-sign={negative ? "negative" : "positive"}>
      {negative ? (alone ? `−${text}` : `(−${text})`) : text}
    </span>
  );
}

/** The neuron's formula with the numbers of one example put in. */
export function Formula(props: { weights: Weights; example: Example | undefined; activation: ActivationId }) {
  const { weights, example, activation } = props;
  const f = activationOf(activation);
  if (!example) return <p class="pl-formula">점을 하나 찍으면 그 점의 계산이 여기에 나옵니다.</p>;
  const z = weightedSum(weights, example);
  return (
    <div class="pl-formula">
      <p>
        <span class="pl-left">z</span> = w₁x₁ + w₂x₂ + b
      </p>
      <p>
        <span class="pl-left" /> = <Value value={weights.w1} />·{factor(example.x1)} +{" "}
        <Value value={weights.w2} />·{factor(example.x2)} + <Value value={weights.b} />
      </p>
      <p>
        <span class="pl-left" /> = <Value value={z} alone />
      </p>
      <p>
        <span class="pl-left">y</span> = f(z) ={" "}
        <strong>{f.value(z).toFixed(activation === "step" ? 0 : 3)}</strong>
      </p>
    </div>
  );
}

/** An input inside a product. */
const factor = (value: number) => (value < 0 ? `(−${-value})` : String(value));

const CURVE = { width: 200, height: 100, reach: 5 };

/** The activation's curve with the current z on it. */
export function Curve({ activation, z }: { activation: ActivationId; z: number }) {
  const f = activationOf(activation);
  const [low, high] =
    activation === "tanh"
      ? [-1.2, 1.2]
      : activation === "linear"
        ? [-5, 5]
        : activation === "relu"
          ? [-0.6, 5]
          : [-0.2, 1.2];
  const x = (value: number) => ((value + CURVE.reach) / (2 * CURVE.reach)) * CURVE.width;
  const y = (value: number) => CURVE.height - ((value - low) / (high - low)) * CURVE.height;
  const path = Array.from({ length: 101 }, (_, i) => {
    const at = -CURVE.reach + (2 * CURVE.reach * i) / 100;
    // The step jumps at 0, drawn as two pieces: no value lies between.
    const jumps = i === 0 || (activation === "step" && i === 50);
    return `${jumps ? "M" : "L"}${x(at).toFixed(1)} ${y(f.value(at)).toFixed(1)}`;
  });
  const shown = Math.max(-CURVE.reach, Math.min(CURVE.reach, z));
  return (
    <figure class="pl-curve">
      <svg
        viewBox={`-6 -6 ${CURVE.width + 12} ${CURVE.height + 12}`}
        role="img"
        aria-label={`${f.label} 활성화 함수. z가 ${z.toFixed(2)}일 때 y는 ${f.value(z).toFixed(2)}입니다.`}
      >
        <path class="pl-curve-axes" d={`M0 ${y(0)}H${CURVE.width}M${x(0)} 0V${CURVE.height}`} />
        <path class="pl-curve-line" d={path.join("")} />
        <circle class="pl-curve-dot" cx={x(shown)} cy={y(f.value(shown))} r={6} />
      </svg>
      <figcaption>f(z) = {f.formula}</figcaption>
    </figure>
  );
}
