/** `npm run e2e`: builds the site where something changed, then drives a browser over it. */
import { run, runMain } from "./bootstrap.mjs";
import { buildSite } from "./build.mjs";

await runMain(async () => {
  await buildSite({ base: "" });
  const { code } = await run("vitest", ["run", "--project", "e2e", ...process.argv.slice(2)]);
  return code;
});
