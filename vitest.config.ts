import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { CHROMIUM_FLAGS, findChromium } from "./scripts/chromium.mjs";

const executablePath = findChromium();

/**
 * `unit` runs in Node, `browser` runs the engine and the views in a real Chromium, `e2e` drives a Chromium over
 * the built site (`npm run e2e` builds it first).
 */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          environment: "node",
          // Generous, because all files share two cores.
          testTimeout: 20_000,
          include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"],
          exclude: ["tests/**/*.browser.test.ts", "tests/**/*.browser.test.tsx"],
        },
      },
      {
        extends: true,
        // Found only while a test runs, these would reload its page in a fresh clone.
        optimizeDeps: {
          include: [
            "@preact/signals",
            "fast-check",
            "onnxruntime-web/wasm",
            "preact",
            "preact/hooks",
            "preact/jsx-dev-runtime",
          ],
        },
        // Cross-origin isolated, as the course is served: without it there is no second thread.
        server: {
          headers: {
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Embedder-Policy": "require-corp",
          },
        },
        test: {
          name: "browser",
          include: ["tests/**/*.browser.test.ts", "tests/**/*.browser.test.tsx"],
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: "chromium" }],
            provider: playwright({
              launchOptions: {
                // The leak test collects garbage and reads what is left.
                args: [...CHROMIUM_FLAGS, "--js-flags=--expose-gc", "--enable-precise-memory-info"],
                ...(executablePath === undefined ? {} : { executablePath }),
              },
            }),
          },
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          environment: "node",
          include: ["tests/e2e/**/*.e2e.ts"],
          testTimeout: 120_000,
          // Only for what the browser does to a page; see `watchDrawing` in tests/e2e/site.ts.
          retry: { count: 2, condition: /stopped drawing/ },
          hookTimeout: 240_000,
          // Two cores: pages that train must not compete with another file's Chromium.
          fileParallelism: false,
          // Where a file says that its pages may be looked at side by side.
          maxConcurrency: 2,
        },
      },
    ],
  },
});
