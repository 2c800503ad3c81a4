import type { ComponentChildren } from "preact";
import type { ModelCard as Card } from "../models/card.ts";
import "./model-card.css";

/** “221 kB” */
export const sizeText = (bytes: number) => `${Math.round(bytes / 1000).toLocaleString("ko")} kB`;

/** “99.47%” */
export const percentText = (share: number) => `${(100 * share).toFixed(2).replace(/\.?0+$/, "")}%`;

export interface ModelCardProps {
  card: Card;
  /** Everything at once, as on the page of all cards; otherwise details open on request. */
  open?: boolean;
}

/** What a trained network is: data, licence, score, size, and what not to trust it with. */
export function ModelCard({ card, open = false }: ModelCardProps) {
  const { data, training, score } = card;
  const summary = `${card.name}: 처음 보는 그림 ${score.count.toLocaleString("ko")}장 가운데 ${percentText(score.accuracy)}를 맞힙니다`;
  return (
    <details class="model-card" open={open}>
      <summary>{summary}</summary>
      <p>{card.task}</p>
      <dl>
        <Row name="배운 데이터">
          <a href={data.url}>{data.name}</a>. {data.about} 훈련 {data.train.toLocaleString("ko")}장, 시험{" "}
          {data.test.toLocaleString("ko")}장. {data.rule}
        </Row>
        <Row name="데이터의 허락">
          {data.licence} · {data.credit}
        </Row>
        <Row name="신경망">
          <ol>
            {card.architecture.map((layer, i) => (
              // The same layer may come twice.
              <li key={`${i}-${layer}`}>{layer}</li>
            ))}
          </ol>
          파라미터 {card.parameters.toLocaleString("ko")}개, 파일 {sizeText(card.bytes)}
        </Row>
        <Row name="훈련">
          이 강의의 엔진으로 {training.epochs}에포크, 미니배치 {training.batchSize}장, {training.optimizer},
          학습률은 가장 높을 때 {training.learningRate}, 씨앗 값 {training.seed}. {training.augmentation}
        </Row>
        <Row name="잘하는 것과 못하는 것">
          {extremes(card)} {card.limits}
        </Row>
        <Row name="모델의 허락">{card.licence}</Row>
      </dl>
    </details>
  );
}

/** One fact of a card. */
export function Row({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The classes with the highest and the lowest share of right answers. */
function extremes({ classes, score: { perClass } }: Card): string {
  const at = (share: number) => `${classes[perClass.indexOf(share)]}(${percentText(share)})`;
  return `가장 잘 맞히는 것은 ${at(Math.max(...perClass))}, 가장 못 맞히는 것은 ${at(Math.min(...perClass))}입니다.`;
}
