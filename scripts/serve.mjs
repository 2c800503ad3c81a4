/**
 * The course's own small static server, in plain Node 20. `astro preview` was the alternative: it moves to another
 * port when the wanted one is taken, answers 404 instead of redirecting `/lessons/01-deep`, and knows neither
 * ETags for the built files nor the 404 page under a base path.
 */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".onnx": "application/octet-stream",
};

/**
 * Cross-origin isolation lets large networks train on two threads and gives the workers precise clocks; the policy
 * of the resources lets other sites that isolate themselves embed the widgets.
 */
const HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "X-Content-Type-Options": "nosniff",
};

/** `course`, `/course/` → `/course`; nothing → `""`. The same reading as in `astro.config.ts`. */
export function normalizeBase(base = "") {
  const inner = base.replace(/^\/+|\/+$/g, "");
  return inner === "" ? "" : `/${inner}`;
}

/**
 * The path's segments below the base, decoded.
 *
 * @param {string} url request target, e.g. `/course/lessons/01-deep/?x=1`
 * @param {string} base normalized
 * @returns {string[] | undefined} `undefined` for what is no path below the base, climbs out of it, or asks for a
 *   hidden file
 */
export function segmentsBelow(url, base) {
  const path = url.split(/[?#]/, 1)[0] ?? "";
  if (path !== base && !path.startsWith(`${base}/`)) return undefined;
  let segments;
  try {
    segments = path.slice(base.length).split("/").slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
  const bad = (segment) => segment.startsWith(".") || /[/\\\0]/.test(segment);
  return segments.some(bad) ? undefined : segments;
}

/** @param {{ root: string, base?: string }} site `root`: the built folder; `base`: what the pages were built with */
export function createHandler({ root, base: wantedBase }) {
  const base = normalizeBase(wantedBase);
  return async (request, response) => {
    try {
      await answer(request, response, root, base);
    } catch (error) {
      if (!response.headersSent) send(response, 500, "text/plain; charset=utf-8", String(error));
      else response.destroy();
    }
  };
}

async function answer(request, response, root, base) {
  const url = request.url ?? "/";
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return send(response, 405, "text/plain; charset=utf-8", "405");
  }
  const query = url.includes("?") ? url.slice(url.indexOf("?")) : "";
  if (base !== "" && /^\/(\?.*)?$/.test(url)) return redirect(response, `${base}/${query}`);
  const segments = segmentsBelow(url, base);
  const file = segments && (await findFile(root, segments));
  if (file === "redirect") {
    const inner = segments.map((segment) => `/${encodeURIComponent(segment)}`).join("");
    return redirect(response, `${base}${inner}/${query}`);
  }
  if (file) return sendFile(request, response, file, 200);
  const notFound = await findFile(root, ["404.html"]);
  if (notFound) return sendFile(request, response, notFound, 404);
  return send(response, 404, "text/plain; charset=utf-8", "404");
}

/** @returns the file with its size and time, `"redirect"` for a folder named without its slash, or nothing */
async function findFile(root, segments) {
  const named = segments.filter((segment) => segment !== "");
  // `//x` and `a//b` name nothing; only the last segment may be empty.
  if (segments.slice(0, -1).includes("")) return undefined;
  const path = join(root, ...named);
  const wantsFolder = segments.at(-1) === "";
  const entry = await status(path);
  if (entry?.isFile() && !wantsFolder) return { path, entry };
  if (!entry?.isDirectory()) return undefined;
  const index = join(path, "index.html");
  const indexEntry = await status(index);
  if (!indexEntry?.isFile()) return undefined;
  return wantsFolder ? { path: index, entry: indexEntry } : "redirect";
}

const status = (path) => stat(path).catch(() => undefined);

function sendFile(request, response, { path, entry }, code) {
  const tag = `W/"${entry.size.toString(36)}-${Math.round(entry.mtimeMs).toString(36)}"`;
  // Names in `_astro` carry a hash of their content.
  const hashed = /[\\/]_astro[\\/]/.test(path);
  const headers = {
    ...HEADERS,
    ETag: tag,
    "Cache-Control": hashed ? "public, max-age=31536000, immutable" : "no-cache",
  };
  if (code === 200 && request.headers["if-none-match"]?.split(/\s*,\s*/).includes(tag)) {
    response.writeHead(304, headers).end();
    return;
  }
  const type = TYPES[extname(path).toLowerCase()] ?? "application/octet-stream";
  response.writeHead(code, { ...headers, "Content-Type": type, "Content-Length": entry.size });
  if (request.method === "HEAD") return void response.end();
  createReadStream(path)
    .on("error", () => response.destroy())
    .pipe(response);
}

function redirect(response, location) {
  response.writeHead(308, { ...HEADERS, Location: location }).end();
}

function send(response, code, type, text) {
  response.writeHead(code, { ...HEADERS, "Content-Type": type }).end(text);
}

/**
 * Serves on this machine only, under `127.0.0.1` and, where there is IPv6, `::1`: browsers differ in what they
 * take `localhost` for.
 *
 * @param {{ root: string, base?: string, port: number }} site port 0: any free one
 * @returns {Promise<{ port: number, close: () => Promise<void> }>} rejects with code `EADDRINUSE` when either
 *   address has the port taken
 */
export async function serve({ root, base, port }) {
  const handler = createHandler({ root, base });
  const first = await listen(handler, port, "127.0.0.1");
  const servers = [first];
  const close = async () => {
    await Promise.all(
      servers.map((server) => {
        server.closeAllConnections();
        return new Promise((done) => server.close(done));
      }),
    );
  };
  const actual = first.address().port;
  try {
    servers.push(await listen(handler, actual, "::1"));
  } catch (error) {
    const missing = ["EADDRNOTAVAIL", "EAFNOSUPPORT", "EINVAL"].includes(error.code);
    // A port picked freely on IPv4 may be somebody else's on IPv6; that is no harm to the tests.
    if (!missing && port !== 0) {
      await close();
      throw error;
    }
  }
  return { port: actual, close };
}

function listen(handler, port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer(handler);
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}
