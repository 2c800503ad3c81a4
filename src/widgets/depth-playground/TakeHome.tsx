import { useState } from "preact/hooks";
import { downloadFile } from "../../learner/download.ts";
import { Button, More } from "../../ui/controls.tsx";
import type { PlaygroundConfig } from "./network.ts";
import type { TakenHome } from "./take-home.ts";

/** Lets the learner take the network along as it is now. */
export function TakeHome({ config }: { config: () => PlaygroundConfig | undefined }) {
  const [problem, setProblem] = useState<string>();
  const save = async (hand: (files: TakenHome) => void) => {
    const current = config();
    if (!current) return;
    try {
      const { takeHome } = await import("./take-home.ts");
      hand(takeHome(current));
      setProblem(undefined);
    } catch (error) {
      setProblem(
        `파일을 만들지 못했습니다. 페이지를 새로 고친 뒤 다시 시도해 주세요. (${error instanceof Error ? error.message : String(error)})`,
      );
    }
  };
  return (
    <More label="훈련한 신경망 가져가기">
      <p class="dp-hint">지금의 가중치 그대로, 이 기기에서 파일로 만듭니다.</p>
      <div class="dp-files">
        <Button
          onClick={() =>
            save(({ onnx }) => downloadFile("깊이-신경망.onnx", onnx, "application/octet-stream"))
          }
        >
          ONNX 파일
        </Button>
        <Button
          onClick={() =>
            save(({ notebook }) => downloadFile("깊이-신경망.ipynb", notebook, "application/x-ipynb+json"))
          }
        >
          PyTorch 노트북
        </Button>
      </div>
      {problem && <p role="alert">{problem}</p>}
    </More>
  );
}
