import { useEffect, useRef } from "preact/hooks";
import { PLANE_FEATURES, type PlaneFeatureId } from "../../data/features.ts";
import { Button } from "../../ui/controls.tsx";
import { atPace, type LabHandle } from "../../ui/use-lab.ts";
import { edgePlaces, NODE, networkSize, nodePlace } from "./geometry.ts";
import { FeaturePicture, LayerPicture } from "./NeuronPicture.tsx";
import { type EditCommand, type PlaygroundFrame, parameterPlaces, widthsOf } from "./network.ts";
import { MAX_LAYERS, MAX_WIDTH, type PlaygroundState } from "./state.ts";
import { neuronName } from "./text.ts";
import type { NeuronChoice } from "./View.tsx";
import "./network.css";

export interface NetworkProps {
  lab: LabHandle<PlaygroundFrame, EditCommand>;
  state: PlaygroundState;
  set: (patch: Partial<PlaygroundState>) => void;
  selected: NeuronChoice | undefined;
  onSelect: (choice: NeuronChoice) => void;
  onHover: (choice: NeuronChoice | undefined) => void;
}

/** The network as it is: every neuron with its picture, every weight as a line. */
export function Network(props: NetworkProps) {
  const { state, set } = props;
  const { hidden } = state;
  const widths = [PLANE_FEATURES.length, ...hidden, 1];
  const size = networkSize(widths);
  const setHidden = (next: readonly number[]) => set({ hidden: next });
  return (
    <div class="dp-network-box">
      <div class="dp-layers">
        <span>
          은닉층 <strong>{hidden.length}</strong>개
        </span>
        <Button
          label="은닉층 하나 빼기"
          disabled={hidden.length === 0}
          onClick={() => setHidden(hidden.slice(0, -1))}
        >
          −
        </Button>
        <Button
          label="은닉층 하나 더하기"
          disabled={hidden.length === MAX_LAYERS}
          onClick={() => setHidden([...hidden, hidden.at(-1) ?? 4])}
        >
          +
        </Button>
      </div>
      <div class="dp-network-scroll">
        <div class="dp-network" style={{ inlineSize: `${size.width}px`, blockSize: `${size.height}px` }}>
          <Edges {...props} />
          <Features state={state} set={set} widths={widths} />
          {hidden.map((width, i) => (
            <LayerHead
              key={i}
              layer={i + 1}
              width={width}
              onWidth={(next) => setHidden(hidden.map((value, other) => (other === i ? next : value)))}
            />
          ))}
          {[...hidden, 1].map((width, i) => (
            <Neurons key={`${i + 1}-${width}`} {...props} layer={i + 1} widths={widths} />
          ))}
        </div>
      </div>
    </div>
  );
}

function Features({
  state,
  set,
  widths,
}: Pick<NetworkProps, "state" | "set"> & { widths: readonly number[] }) {
  const toggle = (id: PlaneFeatureId) => {
    const on = state.features.includes(id);
    if (on && state.features.length === 1) return;
    set({
      features: PLANE_FEATURES.map((feature) => feature.id).filter((other) =>
        other === id ? !on : state.features.includes(other),
      ),
    });
  };
  return (
    <>
      <span class="dp-column-title" style={{ insetInlineStart: `${nodePlace(0, 0, widths).x}px` }}>
        입력
      </span>
      {PLANE_FEATURES.map((feature, i) => {
        const { x, y } = nodePlace(0, i, widths);
        const on = state.features.includes(feature.id);
        return (
          <button
            key={feature.id}
            type="button"
            class="dp-node dp-feature"
            aria-pressed={on}
            aria-label={`입력 ${feature.label}, ${feature.name}`}
            style={{ insetInlineStart: `${x}px`, insetBlockStart: `${y}px` }}
            onClick={() => toggle(feature.id)}
          >
            <FeaturePicture value={feature.value} />
            <span aria-hidden="true">{feature.label}</span>
          </button>
        );
      })}
    </>
  );
}

function LayerHead({
  layer,
  width,
  onWidth,
}: {
  layer: number;
  width: number;
  onWidth: (width: number) => void;
}) {
  const { x } = nodePlace(layer, 0, []);
  return (
    <div class="dp-layer-head" style={{ insetInlineStart: `${x + NODE / 2}px` }}>
      <Button
        label={`은닉층 ${layer}의 뉴런 하나 빼기`}
        disabled={width === 1}
        onClick={() => onWidth(width - 1)}
      >
        −
      </Button>
      <Button
        label={`은닉층 ${layer}의 뉴런 하나 더하기`}
        disabled={width === MAX_WIDTH}
        onClick={() => onWidth(width + 1)}
      >
        +
      </Button>
      <span>뉴런 {width}개</span>
    </div>
  );
}

function Neurons(props: NetworkProps & { layer: number; widths: readonly number[] }) {
  const { layer, widths, lab, state, selected, onSelect, onHover } = props;
  const last = widths.length - 1;
  return (
    <>
      {Array.from({ length: widths[layer]! }, (_, index) => {
        const { x, y } = nodePlace(layer, index, widths);
        const chosen = selected?.layer === layer && selected.index === index;
        return (
          <button
            key={`${layer}-${index + 1}`}
            type="button"
            class="dp-node"
            aria-pressed={chosen}
            aria-label={`${neuronName(layer, index, last)}: 가중치와 편향 보기`}
            style={{ insetInlineStart: `${x}px`, insetBlockStart: `${y}px` }}
            onClick={() => onSelect({ layer, index })}
            onPointerEnter={(event) => event.pointerType === "mouse" && onHover({ layer, index })}
            onPointerLeave={() => onHover(undefined)}
            onFocus={() => onHover({ layer, index })}
            onBlur={() => onHover(undefined)}
          >
            <LayerPicture
              lab={lab}
              choice={{ layer, index }}
              width={widths[layer]!}
              logit={layer === last && state.loss === "bce"}
            />
          </button>
        );
      })}
    </>
  );
}

/** Milliseconds between two paintings of the lines. */
const EDGE_PACE = 150;

/** In quarters of a pixel: what nobody sees is not painted. */
const edgeWidth = (weight: number) => Math.round(4 * Math.min(9, 0.6 + 2.4 * Math.abs(weight))) / 4;

/** Lines between neurons; their widths follow the weights without rendering anew. */
function Edges({ lab, state, onSelect }: NetworkProps) {
  const svg = useRef<SVGSVGElement>(null);
  const edges = edgePlaces(
    state.features.map((id) => PLANE_FEATURES.findIndex((feature) => feature.id === id)).sort(),
    state.hidden,
  );
  const widths = widthsOf(state);
  const key = JSON.stringify([state.features, state.hidden]);
  const { subscribe } = lab;
  useEffect(() => {
    const places = parameterPlaces(widths);
    const lines = [...(svg.current?.querySelectorAll<SVGPathElement>(".dp-edge") ?? [])];
    const positions = edges.map(
      (edge) => places[edge.layer - 1]!.weights + edge.from * widths[edge.layer]! + edge.to,
    );
    const shown: string[] = [];
    const paint = ({ parameters }: PlaygroundFrame) => {
      lines.forEach((line, i) => {
        const weight = parameters[positions[i]!] ?? 0;
        const look = `${edgeWidth(weight)} ${weight < 0}`;
        if (look === shown[i]) return;
        shown[i] = look;
        line.style.strokeWidth = `${edgeWidth(weight)}`;
        line.dataset["sign"] = weight < 0 ? "negative" : "positive";
      });
    };
    // Hundreds of curves painted anew would cost the heatmaps their pace; a weight changes slowly to the eye.
    return subscribe(atPace(EDGE_PACE, paint));
  }, [key]);
  const size = networkSize([PLANE_FEATURES.length, ...state.hidden, 1]);
  // The neuron's own button does the same by keyboard.
  const choose = (event: MouseEvent) => {
    const group = event.target instanceof Element ? event.target.closest<SVGGElement>("g[data-edge]") : null;
    const edge = edges[Number(group?.dataset.edge ?? -1)];
    if (edge) onSelect({ layer: edge.layer, index: edge.to });
  };
  const latest = useRef(choose);
  latest.current = choose;
  useEffect(() => {
    const element = svg.current;
    const listen = (event: MouseEvent) => latest.current(event);
    element?.addEventListener("click", listen);
    return () => element?.removeEventListener("click", listen);
  }, []);
  return (
    <svg ref={svg} class="dp-edges" width={size.width} height={size.height} aria-hidden="true">
      {edges.map((edge, index) => (
        <g key={edge.path} data-edge={index}>
          <path class="dp-edge-touch" d={edge.path} />
          <path class="dp-edge" d={edge.path} />
        </g>
      ))}
    </svg>
  );
}
