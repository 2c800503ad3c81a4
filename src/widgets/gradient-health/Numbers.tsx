import { layerName, sizeText } from "./findings.ts";
import type { HealthFrame } from "./trainer.ts";

/** All bars as a table. */
export function Numbers({ frame }: { frame: HealthFrame }) {
  const { gradients, activations, spreads, changes } = frame;
  return (
    <table class="gh-numbers">
      <caption class="visually-hidden">층마다 잰 값</caption>
      <thead>
        <tr>
          <th scope="col">층</th>
          <th scope="col">기울기</th>
          <th scope="col">활성값</th>
          <th scope="col">입력에 따른 차이</th>
          <th scope="col">가중치가 바뀐 정도</th>
        </tr>
      </thead>
      <tbody>
        {Array.from(gradients, (gradient, i) => (
          <tr key={layerName(i + 1, gradients.length)}>
            <th scope="row">{layerName(i + 1, gradients.length)}</th>
            <td>{sizeText(gradient)}</td>
            <td>{sizeText(activations[i]!)}</td>
            <td>{sizeText(spreads[i]!)}</td>
            <td>{sizeText(changes[i]!)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
