/** A trained network as files. Loaded when it is asked for: a page that only trains needs no exporter. */
import { createCnn } from "../../nn/cnn.ts";
import { exportOnnx } from "../../onnx/export.ts";
import { exportNotebook } from "../../onnx/notebook.ts";
import type { NetworkId, Weights } from "./experiment.ts";
import { cnnConfigOf, mlpConfigOf, type NetworkSettings } from "./networks.ts";

export interface TakenHome {
  readonly onnx: Uint8Array<ArrayBuffer>;
  /** The text of a Jupyter notebook that rebuilds the network in PyTorch. */
  readonly notebook: string;
}

const TITLES = {
  cnn: "손글씨 실험실에서 훈련한 합성곱 신경망",
  mlp: "손글씨 실험실에서 훈련한 완전 연결 신경망",
} as const satisfies Record<NetworkId, string>;

/**
 * Input: images [batch, 1, 28, 28] from 0 (paper) to 1 (ink). Output: logits [batch, classes].
 * @throws OnnxError when the network cannot be written, RangeError when the weights are of another one.
 */
export function takeHome(settings: NetworkSettings, id: NetworkId, weights: Weights): TakenHome {
  const batch = Number(settings.batch);
  const config = (id === "cnn" ? cnnConfigOf : mlpConfigOf)(settings, { train: batch, evaluated: 1 });
  const network = createCnn(config);
  try {
    network.load(weights);
    return {
      onnx: exportOnnx({ ...network.forward, name: `gipi-handwriting-${id}` }).bytes,
      notebook: exportNotebook({ ...network.forward, title: TITLES[id] }),
    };
  } finally {
    network.dispose();
  }
}
