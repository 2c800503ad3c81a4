import { SPEECH_MODEL } from "../../models/speech-detector.ts";
import { Button } from "../../ui/controls.tsx";
import type { VoiceHandle } from "./use-voice.ts";

/** Bytes of onnxruntime's module, uncompressed; a test compares it with the file. */
export const RUNTIME_BYTES = 14_239_897;

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Fetches the network that finds speech, with its size, its progress and a way to stop. */
export function Detector({ voice }: { voice: VoiceHandle }) {
  const { detector, loaded } = voice;
  const all = SPEECH_MODEL.bytes + RUNTIME_BYTES;
  return (
    <div class="vl-detector">
      {detector === "loading" ? (
        <>
          <progress aria-label="받은 양" max={all} value={loaded} />
          <span class="vl-loaded">{megabytes(loaded)}</span>
          <Button onClick={voice.cancel}>그만 받기</Button>
        </>
      ) : detector === "none" ? (
        <>
          <Button kind="primary" onClick={voice.load}>
            말소리 찾는 신경망 받기
          </Button>
          <p>
            신경망 {megabytes(SPEECH_MODEL.bytes)}와, 그것을 계산하는 프로그램(압축해서 약 4 MB)을 받습니다.
            한 번 받으면 이 기기에서 계산합니다.
          </p>
        </>
      ) : (
        <p>
          Silero VAD가 0.032초마다 말소리일 확률을 답합니다. 파일 {megabytes(SPEECH_MODEL.bytes)}, 이 기기에서
          계산합니다.
        </p>
      )}
    </div>
  );
}
