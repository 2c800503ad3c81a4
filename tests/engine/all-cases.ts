/** Every operation's case. */
import { operationCases } from "./cases.ts";
import { layoutCases } from "./cases-layout.ts";
import { maskCases } from "./cases-masks.ts";

export const allCases = [...operationCases, ...layoutCases, ...maskCases];
