// Before the first paint, so that a chosen dark page never flashes white.
try {
  const theme = JSON.parse(localStorage.getItem("gipi.record") ?? "{}").settings?.theme;
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Without a readable record the system's wish holds.
}
