/** `npm start`: installs, builds and serves the course. Plain Node 20, because nothing is installed yet. */
import { ensureInstalled, Problem, ROOT, runMain } from "./bootstrap.mjs";
import { buildSite, distFolder } from "./build.mjs";
import { normalizeBase, serve } from "./serve.mjs";

const DEFAULT_PORT = 4321;

await runMain(async () => {
  const port = readPort(process.env.PORT);
  const base = normalizeBase(process.env.BASE);
  // Asked before the minutes of installing and building.
  await (await open(port, base)).close();
  await ensureInstalled(ROOT);
  await buildSite({ base });
  const site = await open(port, base);
  console.log(`
  깊이: 만지며 배우는 딥러닝

  주소   http://localhost:${site.port}${base}/
  할 일  위의 주소를 브라우저에서 열고 첫 레슨을 시작하십시오.
  멈춤   Ctrl+C
`);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, async () => {
      await site.close();
      process.exit(0);
    });
  }
});

function readPort(text) {
  if (text === undefined || text === "") return DEFAULT_PORT;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Problem(`PORT=${text}: 포트는 0부터 65535까지의 정수여야 합니다. 예: PORT=5000 npm start`);
}

async function open(port, base) {
  try {
    return await serve({ root: distFolder(), base, port });
  } catch (error) {
    if (error.code === "EADDRINUSE") {
      throw new Problem(
        [
          `포트 ${port}번을 다른 프로그램이 이미 쓰고 있습니다. 두 가지 방법이 있습니다.`,
          `  1. 다른 포트로 시작합니다: PORT=${port < 65_535 ? port + 1 : 5000} npm start`,
          "  2. 그 프로그램을 끝낸 뒤 다시 시작합니다. 이 과정이 다른 터미널에서 이미 열려 있을 수도 있습니다.",
        ].join("\n"),
      );
    }
    if (error.code === "EACCES") {
      throw new Problem(`포트 ${port}번을 열 권한이 없습니다. 다른 포트로 시작하십시오: PORT=5000 npm start`);
    }
    throw error;
  }
}
