import type { LayerNorm } from "../../nn/mlp.ts";

/** Bars from 10⁻⁶ to 10². */
const LOWEST = -6;
const HIGHEST = 2;

/** The size of the loss gradient in each layer, on a logarithmic scale. */
export function Gradients({ norms }: { norms: readonly LayerNorm[] | undefined }) {
  if (!norms) return null;
  const name = (layer: number) => (layer === norms.length ? "출력층" : `은닉층 ${layer}`);
  return (
    <table class="dp-gradients">
      <caption>층마다 기울기 크기 (로그 눈금)</caption>
      <tbody>
        {norms.map(({ layer, norm }) => {
          const share = Math.max(0, Math.min(1, (Math.log10(norm) - LOWEST) / (HIGHEST - LOWEST)));
          return (
            <tr key={layer}>
              <th scope="row">{name(layer)}</th>
              <td class="dp-gradient-cell">
                <span
                  class="dp-gradient-bar"
                  style={{ inlineSize: `${(Number.isNaN(share) ? 0 : share) * 100}%` }}
                />
              </td>
              <td class="dp-gradient-value">{norm.toExponential(1)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
