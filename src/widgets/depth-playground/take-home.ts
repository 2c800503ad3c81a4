/** The trained network as files. Loaded when it is asked for: a page that only trains needs no exporter. */
import { exportOnnx } from "../../onnx/export.ts";
import { exportNotebook } from "../../onnx/notebook.ts";
import { buildNetwork, type PlaygroundConfig } from "./network.ts";

export interface TakenHome {
  readonly onnx: Uint8Array<ArrayBuffer>;
  /** The text of a Jupyter notebook that rebuilds the network in PyTorch. */
  readonly notebook: string;
}

/**
 * @param config with the parameters of the moment. Inputs of the files are the features in the order of `features`;
 *   with the loss `bce` the output is the logit.
 * @throws OnnxError when the network cannot be written.
 */
export function takeHome(config: PlaygroundConfig): TakenHome {
  const network = buildNetwork(config);
  try {
    return {
      onnx: exportOnnx({ ...network.forward, name: "gipi-depth-playground" }).bytes,
      notebook: exportNotebook({ ...network.forward, title: "깊이 놀이터에서 훈련한 신경망" }),
    };
  } finally {
    network.dispose();
  }
}
