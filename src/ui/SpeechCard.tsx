import { SPEECH_MODEL } from "../models/speech-detector.ts";
import { Row, sizeText } from "./ModelCard.tsx";
import "./model-card.css";

const { parameters, bytes } = SPEECH_MODEL;

/** What Silero VAD is: the one network that others trained, so its card also says what is not known of it. */
export function SpeechCard({ open = false }: { open?: boolean }) {
  return (
    <details class="model-card" open={open}>
      <summary>Silero VAD: 말소리가 들리는 때를 찾습니다</summary>
      <p>소리를 0.032초(16 kHz에서 512개)씩 듣고, 그때 누군가 말하고 있을 확률을 냅니다.</p>
      <dl>
        <Row name="만든 이">
          <a href="https://github.com/snakers4/silero-vad">Silero Team</a>. 이 강의가 훈련하지 않은 유일한
          신경망이며, 파일을 고치지 않고 싣습니다.
        </Row>
        <Row name="배운 데이터">
          공개되어 있지 않습니다. 만든 이는 여러 언어의 많은 녹음으로 훈련했다고만 밝혔고, 어떤 녹음을 얼마나
          썼는지 적은 목록은 찾지 못했습니다. 2024년에 말소리를 표시한 데이터 목록을 내놓았지만, 이 파일을
          그것으로 훈련했는지는 알 수 없습니다.
        </Row>
        <Row name="신경망">
          <ol>
            <li>푸리에 변환 256개 (훈련하지 않음)</li>
            <li>합성곱(너비 3), 128채널, ReLU</li>
            <li>합성곱(너비 3), 64채널, ReLU</li>
            <li>합성곱(너비 3), 64채널, ReLU</li>
            <li>합성곱(너비 3), 128채널, ReLU</li>
            <li>LSTM 128개</li>
            <li>완전 연결층 1개, 시그모이드</li>
          </ol>
          배운 파라미터 {parameters.toLocaleString("ko")}개, 파일 {sizeText(bytes)}
        </Row>
        <Row name="점수">
          훈련에 쓴 녹음을 모르므로 처음 듣는 소리로 잰 점수를 여기에 적을 수 없습니다. 목소리 실험실에서는
          우리가 합성한 소리로 그 자리에서 잽니다.
        </Row>
        <Row name="못하는 것">
          소음이 말소리보다 커지면 말을 놓칩니다. 누가 무슨 말을 하는지는 답하지 않습니다.
        </Row>
        <Row name="모델의 허락">MIT, © 2020–현재 Silero Team</Row>
      </dl>
    </details>
  );
}
