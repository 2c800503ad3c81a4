/**
 * Counts what really ran in one vitest run. Skipped tests count for nothing; a file that could not be loaded, a run
 * that ended badly although every test passed, and a run without any test are one failure each.
 *
 * @param {unknown} report vitest's JSON report; anything else when the run left none
 * @param {number} code the run's exit code
 * @returns {{ passed: number, failed: number }}
 */
export function countTests(report, code) {
  const files = Array.isArray(report?.testResults) ? report.testResults : [];
  const results = files.flatMap((file) => file.assertionResults ?? []);
  const passed = results.filter((result) => result.status === "passed").length;
  const brokenFiles = files.filter(
    (file) =>
      file.status === "failed" && !file.assertionResults?.some((result) => result.status === "failed"),
  );
  const failed = results.filter((result) => result.status === "failed").length + brokenFiles.length;
  const badEnd = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: badEnd ? 1 : failed };
}
