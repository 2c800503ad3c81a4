import { Button } from "../../ui/controls.tsx";
import { MAX_NODES, type Role } from "./model.ts";
import { OPERATION_KINDS, OPERATIONS, type OperationKind } from "./operations.ts";

const VALUES = [
  { role: "x", text: "x", label: "입력" },
  { role: "w", text: "w", label: "가중치" },
  { role: "t", text: "t", label: "정답" },
] as const satisfies readonly { role: Role; text: string; label: string }[];

interface PaletteProps {
  /** Name of the node that a further operation takes as its first input. */
  from: string | undefined;
  count: number;
  onValue: (role: Role) => void;
  onOperation: (kind: OperationKind) => void;
}

/** Adds nodes to the graph. */
export function Palette({ from, count, onValue, onOperation }: PaletteProps) {
  const full = count >= MAX_NODES;
  return (
    <fieldset class="bg-box" disabled={full}>
      <legend>마디 더하기</legend>
      <p>
        {full
          ? `마디는 ${MAX_NODES}개까지 둘 수 있습니다.`
          : from === undefined
            ? "마디를 하나 고르고 연산을 누르면, 고른 마디가 그 연산의 입력이 됩니다."
            : `연산을 누르면 ${from}의 값을 첫째 입력으로 받습니다.`}
      </p>
      <div class="bg-buttons">
        {VALUES.map(({ role, text, label }) => (
          <Button key={role} label={`${text}: ${label} 더하기`} onClick={() => onValue(role)}>
            {text}
          </Button>
        ))}
        {OPERATION_KINDS.map((kind) => (
          <Button
            key={kind}
            label={`${OPERATIONS[kind].symbol}: ${OPERATIONS[kind].label} 마디 더하기`}
            onClick={() => onOperation(kind)}
          >
            {OPERATIONS[kind].symbol}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
