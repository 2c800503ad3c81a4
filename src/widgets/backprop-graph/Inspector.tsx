import { useId } from "preact/hooks";
import { Button, Select } from "../../ui/controls.tsx";
import { NumberInput } from "../../ui/NumberInput.tsx";
import { numberText } from "../../ui/number-text.ts";
import type { Evaluation } from "./evaluate.ts";
import { changeKind, type GraphNode, isValue, LIMIT, type Nodes, type Role } from "./model.ts";
import { OPERATION_KINDS, OPERATIONS } from "./operations.ts";
import type { SoundState } from "./state.ts";

const ROLE_OPTIONS = [
  { value: "x", label: "입력 x" },
  { value: "w", label: "가중치 w" },
  { value: "t", label: "정답 t" },
] as const satisfies readonly { value: Role; label: string }[];

export interface InspectorProps {
  state: SoundState;
  names: readonly string[];
  evaluation: Evaluation;
  index: number;
  /** Values or operations were changed, the joins were not. */
  onNodes: (nodes: Nodes) => void;
  onJoin: (slot: number, source: number | undefined) => void;
  /** The next node tapped is to be joined to this input. */
  onPick: (slot: number) => void;
  onOutput: () => void;
  onRemove: () => void;
}

/** The selected node's computation, and its value where it is one. */
export function Heading(props: InspectorProps) {
  const { state, names, evaluation, index } = props;
  const node = state.nodes[index]!;
  const { problem, value } = evaluation.nodes[index]!;
  return (
    <>
      <p class="bg-heading">
        마디 {names[index]} {value !== undefined && <span class="bg-formula">= {written(props)}</span>}
      </p>
      {problem === "missing" && <p>빈 입력이 있어서 값이 없습니다. ‘마디 고치기’에서 입력을 이어 주세요.</p>}
      {problem === "waiting" && <p>앞의 마디에 값이 없어서 기다리고 있습니다.</p>}
      {isValue(node) && (
        <ValueField
          name={names[index]!}
          value={node.value}
          onValue={(next) => replaced(props, { ...node, value: next })}
        />
      )}
    </>
  );
}

const replaced = ({ state, index, onNodes }: InspectorProps, next: GraphNode) =>
  onNodes(state.nodes.map((each, i) => (i === index ? next : each)));

/** What the selected node is, what it is joined to, and what it is for. */
export function Inspector(props: InspectorProps) {
  const { state, names, index, onNodes, onOutput, onRemove } = props;
  const node = state.nodes[index]!;
  return (
    <fieldset class="bg-box bg-inspector">
      <legend>마디 {names[index]} 고치기</legend>
      <div class="bg-fields">
        {isValue(node) ? (
          <Select
            label="맡은 일"
            value={node.role}
            options={ROLE_OPTIONS}
            onChange={(role) => replaced(props, { ...node, role })}
          />
        ) : (
          <>
            <Select
              label="연산"
              value={node.kind}
              options={OPERATION_KINDS.map((kind) => ({ value: kind, label: labelOf(kind) }))}
              onChange={(kind) => onNodes(changeKind(state.nodes, index, kind))}
            />
            {node.inputs.map((input, slot) => (
              <Join key={slot} {...props} input={input} slot={slot} count={node.inputs.length} />
            ))}
          </>
        )}
      </div>
      <div class="bg-buttons">
        {!isValue(node) && index !== state.lossNode && <Button onClick={onOutput}>이 마디를 L로</Button>}
        <Button kind="quiet" onClick={onRemove}>
          마디 지우기
        </Button>
      </div>
    </fieldset>
  );
}

const labelOf = (kind: (typeof OPERATION_KINDS)[number]) => {
  const { symbol, label } = OPERATIONS[kind];
  return symbol === label ? label : `${label} ${symbol}`;
};

/** The node's value as computed: in letters, in numbers, the result. */
function written({ state, names, evaluation, index }: InspectorProps): string {
  const node = state.nodes[index]!;
  const result = numberText(evaluation.nodes[index]!.value!, 3);
  if (isValue(node)) return result;
  const { write } = OPERATIONS[node.kind];
  const amount = (input: number | undefined) => {
    const text = numberText(evaluation.nodes[input!]!.value!);
    return text.startsWith("−") ? `(${text})` : text;
  };
  return [write(node.inputs.map((input) => names[input!]!)), write(node.inputs.map(amount)), result].join(
    " = ",
  );
}

const STEP = 0.1;

interface ValueFieldProps {
  name: string;
  value: number;
  onValue: (value: number) => void;
}

function ValueField({ name, value, onValue }: ValueFieldProps) {
  const id = useId();
  const write = (next: number) => {
    if (!Number.isFinite(next)) return;
    onValue(Math.max(-LIMIT, Math.min(LIMIT, Math.round(next * 1e6) / 1e6)));
  };
  return (
    <div class="bg-fields">
      <label class="bg-number" for={id}>
        {name}의 값
        <NumberInput id={id} value={value} step={STEP} digits={4} onChange={write} />
      </label>
      <Button label={`${name} ${STEP} 줄이기`} onClick={() => write(value - STEP)}>
        −
      </Button>
      <Button label={`${name} ${STEP} 키우기`} onClick={() => write(value + STEP)}>
        +
      </Button>
    </div>
  );
}

interface JoinProps extends InspectorProps {
  input: number | undefined;
  slot: number;
  count: number;
}

/** One input: chosen from a list, or by tapping the node in the picture. */
function Join({ state, names, index, input, slot, count, onJoin, onPick }: JoinProps) {
  const label = count === 1 ? "입력" : slot === 0 ? "첫째 입력" : "둘째 입력";
  const options = [
    { value: "", label: "비어 있음" },
    ...state.nodes.flatMap((_, i) => (i === index ? [] : [{ value: String(i), label: names[i]! }])),
  ];
  return (
    <div class="bg-join">
      <Select
        label={label}
        value={input === undefined ? "" : String(input)}
        options={options}
        onChange={(text) => onJoin(slot, text === "" ? undefined : Number(text))}
      />
      <Button label={`그림에서 고르기: ${label}`} onClick={() => onPick(slot)}>
        그림에서 고르기
      </Button>
    </div>
  );
}
