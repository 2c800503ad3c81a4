/** The product on the device's GPU, by WebGPU. */
import { squareMatrices } from "../../lab/speed/data.ts";
import type { WayContestant } from "./products.ts";
import type { GpuState } from "./protocol.ts";

/** Side of the square of results that one work group computes. */
const TILE = 64;

/**
 * 256 threads share a tile of A and one of B in the group's own memory, and each keeps sixteen sums in registers: a
 * number is fetched from the large memory once for 64 uses. Places beyond the edge count as 0.
 */
export const KERNEL = /* wgsl */ `
override n: u32;
@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read_write> c: array<f32>;
var<workgroup> left: array<f32, 1024>;
var<workgroup> right: array<f32, 1024>;

@compute @workgroup_size(16, 16)
fn multiply(@builtin(local_invocation_id) local: vec3u, @builtin(workgroup_id) group: vec3u) {
  let thread = local.y * 16u + local.x;
  let top = group.y * 64u;
  let start = group.x * 64u;
  var sums: array<f32, 16>;
  for (var k = 0u; k < n; k += 16u) {
    for (var i = 0u; i < 4u; i++) {
      let at = thread + i * 256u;
      let row = top + at / 16u;
      let depth = k + at % 16u;
      left[at] = select(0.0, a[min(row * n + depth, n * n - 1u)], row < n && depth < n);
      let down = k + at / 64u;
      let column = start + at % 64u;
      right[at] = select(0.0, b[min(down * n + column, n * n - 1u)], down < n && column < n);
    }
    workgroupBarrier();
    for (var d = 0u; d < 16u; d++) {
      for (var i = 0u; i < 4u; i++) {
        let factor = left[(local.y * 4u + i) * 16u + d];
        for (var j = 0u; j < 4u; j++) {
          sums[i * 4u + j] += factor * right[d * 64u + local.x + 16u * j];
        }
      }
    }
    workgroupBarrier();
  }
  for (var i = 0u; i < 4u; i++) {
    for (var j = 0u; j < 4u; j++) {
      let row = top + local.y * 4u + i;
      let column = start + local.x + 16u * j;
      if (row < n && column < n) { c[row * n + column] = sums[i * 4u + j]; }
    }
  }
}`;

/** The WebGPU specification's values of `GPUBufferUsage` and `GPUMapMode`, which TypeScript's library does not hold. */
const USAGE = { mapRead: 1, copySource: 4, copyTarget: 8, storage: 128 } as const;
const MAP_FOR_READING = 1;

/** Work that is sent at once: one command list does not hold the screen up for long. */
const MOST_AT_ONCE = 64;

export type Gpu = { readonly state: GpuState; readonly device: GPUDevice | undefined };

/** Asks for the fastest GPU of this device; says plainly why there is none. */
export async function openGpu(
  gpu: GPU | undefined = globalThis.navigator?.gpu,
  isSecure: boolean = globalThis.isSecureContext ?? true,
): Promise<Gpu> {
  const none = (reason: Extract<GpuState, { kind: "none" }>["reason"]): Gpu => ({
    state: { kind: "none", reason },
    device: undefined,
  });
  if (!gpu) return none(isSecure ? "no-api" : "insecure");
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
    if (!adapter) return none("no-adapter");
    const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
    const name = description || [vendor, architecture].filter((part) => part !== "").join(" ");
    const device = await adapter.requestDevice();
    return { state: { kind: "ready", name, software: isFallbackAdapter }, device };
  } catch {
    return none("failed");
  }
}

/** @throws Error when the GPU refuses the program or is lost on the way. */
export async function gpuProduct(device: GPUDevice, size: number): Promise<WayContestant> {
  const { a, b } = squareMatrices(size);
  const bytes = 4 * size * size;
  const buffer = (usage: number) => device.createBuffer({ size: bytes, usage });
  const operands = [a, b].map((values) => {
    const target = buffer(USAGE.storage | USAGE.copyTarget);
    device.queue.writeBuffer(target, 0, values as Float32Array<ArrayBuffer>);
    return target;
  });
  const output = buffer(USAGE.storage | USAGE.copySource);
  const readable = buffer(USAGE.mapRead | USAGE.copyTarget);
  const pipeline = await device.createComputePipelineAsync({
    layout: "auto",
    compute: {
      ...{ module: device.createShaderModule({ code: KERNEL }), entryPoint: "multiply" },
      constants: { n: size },
    },
  });
  const bindings = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [...operands, output].map((resource, binding) => ({ binding, resource: { buffer: resource } })),
  });
  const groups = Math.ceil(size / TILE);
  const submit = (times: number) => {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindings);
    for (let time = 0; time < times; time++) pass.dispatchWorkgroups(groups, groups);
    pass.end();
    device.queue.submit([encoder.finish()]);
  };
  return {
    peer: "gpu",
    run: async (times) => {
      for (let left = times; left > 0; left -= MOST_AT_ONCE) submit(Math.min(left, MOST_AT_ONCE));
      await orLost(device, device.queue.onSubmittedWorkDone());
    },
    result: async () => {
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(output, 0, readable, 0, bytes);
      device.queue.submit([encoder.finish()]);
      await orLost(device, readable.mapAsync(MAP_FOR_READING));
      const values = new Float32Array(readable.getMappedRange().slice(0));
      readable.unmap();
      return values;
    },
    dispose: () => {
      for (const used of [...operands, output, readable]) used.destroy();
    },
  };
}

/** A device that is lost answers nothing any more; the wait for it must end. */
const orLost = <T>(device: GPUDevice, work: Promise<T>): Promise<T> =>
  Promise.race([work, device.lost.then(({ message }) => Promise.reject(new Error(`GPU: ${message}`)))]);
