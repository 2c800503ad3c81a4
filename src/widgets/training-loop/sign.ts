/** Which of the two colours a number has; 0 has none. */
export const signOf = (value: number | undefined): "positive" | "negative" | undefined =>
  value === undefined || value === 0 ? undefined : value < 0 ? "negative" : "positive";
