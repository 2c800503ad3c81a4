import { useEffect } from "preact/hooks";
import { learner, type Theme } from "../../learner/index.ts";
import { EMPTY_RECORD } from "../../learner/record.ts";
import { useRecord } from "../../learner/use-record.ts";

const THEMES: readonly { readonly value: Theme; readonly label: string }[] = [
  { value: "system", label: "기기 설정" },
  { value: "light", label: "밝게" },
  { value: "dark", label: "어둡게" },
];

/** Light, dark, or what the system wishes; kept in the learner's settings. */
export default function ThemeSwitch() {
  const record = useRecord();
  const { theme } = record.settings;
  useEffect(() => {
    // Before the record is known, public/theme.js has chosen.
    if (record === EMPTY_RECORD) return;
    const { dataset } = document.documentElement;
    if (theme === "system") delete dataset.theme;
    else dataset.theme = theme;
  }, [theme, record]);
  return (
    <label class="theme-switch">
      <span class="visually-hidden">화면 색</span>
      <select
        value={theme}
        onChange={(event) => {
          const chosen = THEMES.find(({ value }) => value === event.currentTarget.value);
          if (chosen !== undefined) learner.setSetting("theme", chosen.value);
        }}
      >
        {THEMES.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
