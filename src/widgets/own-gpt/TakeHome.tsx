import { useState } from "preact/hooks";
import { downloadFile } from "../../learner/download.ts";
import { Button, More } from "../../ui/controls.tsx";
import type { Memory, OwnGptConfig } from "./experiment.ts";
import type { TakenHome } from "./take-home.ts";

export interface TakeHomeProps {
  config: OwnGptConfig;
  memory: () => Memory | undefined;
}

/** Lets the learner take the network along as it was a moment ago. */
export function TakeHome({ config, memory }: TakeHomeProps) {
  const [said, setSaid] = useState("");
  const save = async (hand: (files: TakenHome) => void) => {
    const current = memory();
    if (!current) return setSaid("아직 저장할 신경망이 없습니다.");
    try {
      const { takeHome } = await import("./take-home.ts");
      hand(takeHome(config, current));
      setSaid(`${current.steps.toLocaleString("ko")}걸음까지 훈련한 신경망을 파일로 만들었습니다.`);
    } catch (error) {
      setSaid(
        `파일을 만들지 못했습니다. 페이지를 새로 고친 뒤 다시 시도해 주세요. (${error instanceof Error ? error.message : String(error)})`,
      );
    }
  };
  return (
    <More label="훈련한 GPT 가져가기">
      <p class="og-hint">
        토큰 번호를 넣으면 다음 토큰의 로짓을 내는 신경망입니다. 글자 목록에는 번호마다 어떤 글자인지 적혀
        있습니다. 모두 이 기기에서 만듭니다.
      </p>
      <div class="og-toolbar">
        <Button
          onClick={() =>
            save(({ onnx }) => downloadFile("나만의-GPT.onnx", onnx, "application/octet-stream"))
          }
        >
          ONNX 파일
        </Button>
        <Button
          onClick={() =>
            save(({ notebook }) => downloadFile("나만의-GPT.ipynb", notebook, "application/x-ipynb+json"))
          }
        >
          PyTorch 노트북
        </Button>
        <Button onClick={() => save(({ symbols }) => downloadFile("나만의-GPT-글자.json", symbols))}>
          글자 목록
        </Button>
      </div>
      <p class="og-hint" role="status">
        {said}
      </p>
    </More>
  );
}
