/** Hands a text or bytes to the learner as a file, without a server. */
export function downloadFile(
  name: string,
  content: string | Uint8Array<ArrayBuffer>,
  type = "application/json",
): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Revoked later: Safari reads the blob after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** `깊이-기록-2026-01-31.json`, in local time as the learner's calendar shows it. */
export function exportFileName(now: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `깊이-기록-${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}.json`;
}
