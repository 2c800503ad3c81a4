import { unified } from "@astrojs/markdown-remark";
import mdx from "@astrojs/mdx";
import preact from "@astrojs/preact";
import { defineConfig } from "astro/config";
import rehypeKatex from "rehype-katex";
import remarkCjkFriendly from "remark-cjk-friendly";
import remarkMath from "remark-math";
import { rehypeFocusableFormulas } from "./src/site/rehype-focusable-formulas.ts";
import { remarkMdxCheck } from "./src/site/remark-mdx-check.ts";

/** `BASE=/course` serves the course under a path, as on GitHub Pages. */
const base = `/${(process.env.BASE ?? "").replace(/^\/+|\/+$/g, "")}`;

export default defineConfig({
  base,
  trailingSlash: "always",
  integrations: [mdx(), preact()],
  markdown: {
    syntaxHighlight: false,
    processor: unified({
      remarkPlugins: [remarkMdxCheck, remarkCjkFriendly, remarkMath],
      rehypePlugins: [rehypeKatex, rehypeFocusableFormulas],
    }),
  },
  build: { inlineStylesheets: "never" },
  devToolbar: { enabled: false },
  // As scripts/serve.mjs answers: cross-origin isolated, so that large networks train on two threads here as well.
  server: {
    headers: {
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Embedder-Policy": "require-corp",
      "Cross-Origin-Resource-Policy": "cross-origin",
    },
  },
  // The policy allows no data: fonts, so that no asset is inlined.
  vite: { worker: { format: "es" }, build: { assetsInlineLimit: 0 } },
  security: {
    csp: {
      directives: [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
      ],
      scriptDirective: { resources: ["'self'", "'wasm-unsafe-eval'"] },
      // KaTeX and the heatmaps position by style attributes; style elements stay forbidden.
      styleDirective: { resources: ["'self'", { resource: "'unsafe-inline'", kind: "attribute" }] },
    },
  },
});
