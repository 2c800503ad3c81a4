import type { SequenceCard as Card } from "../models/sequence-card.ts";
import { percentText, Row, sizeText } from "./ModelCard.tsx";
import "./model-card.css";

export interface SequenceCardProps {
  card: Card;
  /** Everything at once, as on the page of all cards; otherwise details open on request. */
  open?: boolean;
}

/** What a network that reads or writes sequences is: data, licence, scores, size, and what not to trust it with. */
export function SequenceCard({ card, open = false }: SequenceCardProps) {
  const { data, scores, measures = [] } = card;
  return (
    <details class="model-card" open={open}>
      <summary>{card.name}: 무엇을 배웠고 얼마나 맞히나</summary>
      <p>{card.task}</p>
      <dl>
        <Row name="배운 데이터">
          {data.name}. {data.about}
        </Row>
        <Row name="데이터의 허락">{data.licence}</Row>
        <Row name="신경망">
          <ol>
            {card.architecture.map((layer) => (
              <li key={layer}>{layer}</li>
            ))}
          </ol>
          파라미터 {card.parameters.toLocaleString("ko")}개, 파일 {sizeText(card.bytes)}
        </Row>
        <Row name="훈련">{card.training}</Row>
        <Row name="훈련에 쓰지 않은 것으로 잰 점수">
          <ul>
            {scores.map(({ what, share, count }) => (
              <li key={what}>
                {what}: {count.toLocaleString("ko")}개 가운데 {percentText(share)}
              </li>
            ))}
            {measures.map((measure) => (
              <li key={measure}>{measure}</li>
            ))}
          </ul>
        </Row>
        <Row name="못하는 것">{card.limits}</Row>
        <Row name="모델의 허락">{card.licence}</Row>
      </dl>
    </details>
  );
}
