import { useId, useState } from "preact/hooks";
import { downloadFile } from "../../learner/download.ts";
import { Button, More } from "../../ui/controls.tsx";
import type { Memory, NetworkId } from "./experiment.ts";
import { MOST_BYTES, readSaved, SavedError, saveText } from "./saved.ts";
import type { HandwritingState } from "./state.ts";
import type { TakenHome } from "./take-home.ts";

interface SavingProps {
  state: HandwritingState;
  /** Of the last frame. */
  memory: Memory | undefined;
  onResume: (state: HandwritingState, memory: Memory) => void;
}

/** Keeps a training for another day, and takes the networks home. */
export function Saving({ state, memory, onResume }: SavingProps) {
  const id = useId();
  const [said, setSaid] = useState("");
  const [problem, setProblem] = useState<string>();
  const tell = (message: string | undefined, good = "") => {
    setProblem(message);
    setSaid(good);
  };
  const take = async (network: NetworkId, hand: (files: TakenHome) => void) => {
    if (!memory) return;
    try {
      const { takeHome } = await import("./take-home.ts");
      hand(takeHome(state, network, memory[network]));
      tell(undefined, "파일을 만들었습니다.");
    } catch (error) {
      tell(
        `파일을 만들지 못했습니다. 페이지를 새로 고친 뒤 다시 시도해 주세요. (${error instanceof Error ? error.message : String(error)})`,
      );
    }
  };
  const open = async (file: File) => {
    try {
      if (file.size > MOST_BYTES) throw new SavedError("손글씨 실험실에서 저장한 파일이 아닙니다.");
      const saved = readSaved(await file.text());
      onResume(saved.state, saved.memory);
      tell(undefined, `${saved.memory.steps.toLocaleString("ko")}걸음까지 훈련한 것을 이어받았습니다.`);
    } catch (error) {
      tell(error instanceof SavedError ? error.message : "파일을 읽지 못했습니다.");
    }
  };
  const onnx = (network: NetworkId) =>
    take(network, (files) =>
      downloadFile(`깊이-손글씨-${network}.onnx`, files.onnx, "application/octet-stream"),
    );
  const notebook = (network: NetworkId) =>
    take(network, (files) =>
      downloadFile(`깊이-손글씨-${network}.ipynb`, files.notebook, "application/x-ipynb+json"),
    );
  return (
    <More label="저장하고 가져가기">
      <p class="hl-hint">
        공유 링크에는 설정만 담깁니다. 훈련한 가중치는 파일로 저장했다가 이어서 훈련할 수 있습니다. 파일은 이
        기기에서 만듭니다.
      </p>
      <div class="hl-buttons">
        <Button
          disabled={!memory}
          onClick={() => {
            if (memory) downloadFile("깊이-손글씨-훈련.json", saveText(state, memory));
          }}
        >
          훈련을 파일로 저장
        </Button>
        <label class="hl-file" for={id}>
          저장한 파일 이어받기
          <input
            id={id}
            type="file"
            accept=".json,application/json"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file) void open(file);
              // The same file may be chosen again.
              event.currentTarget.value = "";
            }}
          />
        </label>
      </div>
      <div class="hl-buttons">
        <Button disabled={!memory} onClick={() => void onnx("cnn")}>
          CNN을 ONNX로
        </Button>
        <Button disabled={!memory} onClick={() => void notebook("cnn")}>
          CNN을 PyTorch 노트북으로
        </Button>
        <Button disabled={!memory} onClick={() => void onnx("mlp")}>
          MLP를 ONNX로
        </Button>
        <Button disabled={!memory} onClick={() => void notebook("mlp")}>
          MLP를 PyTorch 노트북으로
        </Button>
      </div>
      <p class="hl-hint" role="status">
        {said}
      </p>
      {problem !== undefined && (
        <p class="hl-problem" role="alert">
          {problem}
        </p>
      )}
    </More>
  );
}
