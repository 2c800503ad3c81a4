import type { GanCard as Card, GanFile } from "../models/digit-gan-card.ts";
import { percentText, Row, sizeText } from "./ModelCard.tsx";
import "./model-card.css";

/** What forger and detective are: data, licence, size, how good the fakes are, and what not to trust them with. */
export function GanCard({ card, open = false }: { card: Card; open?: boolean }) {
  const { data, training, quality } = card;
  const { recognised, distance, discriminator } = quality;
  const times = (distance.fake / distance.real).toFixed(1);
  return (
    <details class="model-card" open={open}>
      <summary>
        {card.name}: 만든 그림 {quality.samples.toLocaleString("ko")}장 가운데 {percentText(recognised.fake)}
        를 숫자로 알아볼 수 있습니다
      </summary>
      <p>{card.task}</p>
      <dl>
        <Row name="배운 데이터">
          <a href={data.url}>{data.name}</a>. {data.about} 훈련 {data.train.toLocaleString("ko")}장.
        </Row>
        <Row name="데이터의 허락">
          {data.licence} · {data.credit}
        </Row>
        <Row name="위조범 (생성자)">
          <Layers file={card.generator} />
        </Row>
        <Row name="감별사 (판별자)">
          <Layers file={card.discriminator} />
        </Row>
        <Row name="훈련">
          이 강의의 엔진으로 {training.stages.map(stageText).join(", 이어서 ")}. 미니배치 {training.batchSize}
          장, Adam(β₁ = 0.5), 학습률 {training.learningRate}, 로그 손실과 R1 기울기 벌점.
        </Row>
        <Row name="만든 그림">
          숫자 인식 신경망이 90% 이상의 확률로 읽는 그림: {percentText(recognised.fake)} (진짜 시험 그림은{" "}
          {percentText(recognised.real)}). 숫자마다 몫은{" "}
          {quality.perDigit.map((share, digit) => `${digit}: ${percentText(share)}`).join(", ")}. 열 숫자를 꼭
          같이 만들 때를 1로 한 엔트로피 {quality.evenness.toFixed(3)}.
        </Row>
        <Row name="진짜와의 거리">
          숫자 인식 신경망이 뽑은 특징 64개로 잰 에너지 거리: 시험 그림과 만든 그림 {distance.fake.toFixed(3)}
          , 시험 그림과 훈련 그림 {distance.real.toFixed(3)}, 시험 그림과 훈련 전 생성자의 그림{" "}
          {distance.noise.toFixed(3)}. 곧 만든 그림은 훈련 그림보다 {times}배 멀리 있습니다.
        </Row>
        <Row name="감별사">
          처음 보는 진짜의 {percentText(discriminator.real)}, 새로 만든 가짜의{" "}
          {percentText(discriminator.fake)}를 맞힙니다.
        </Row>
        <Row name="못하는 것">{card.limits}</Row>
        <Row name="모델의 허락">{card.licence}</Row>
      </dl>
    </details>
  );
}

const stageText = ({ seed, rounds, steady, penalty }: Card["training"]["stages"][number]) =>
  `${rounds.toLocaleString("ko")}판(벌점의 무게 ${penalty}, ${steady.toLocaleString("ko")}판 뒤로 학습률을 0까지 내림, 씨앗 값 ${seed})`;

function Layers({ file }: { file: GanFile }) {
  return (
    <>
      <ol>
        {file.architecture.map((layer) => (
          <li key={layer}>{layer}</li>
        ))}
      </ol>
      파라미터 {file.parameters.toLocaleString("ko")}개, 파일 {sizeText(file.bytes)}
    </>
  );
}
