import Callout from "./Callout.astro";
import Figure from "./Figure.astro";
import Steps from "./Steps.astro";
import Table from "./Table.astro";
import Term from "./Term.astro";
import Widget from "./Widget.astro";

/** What a lesson may use without importing it. */
export const lessonComponents = { Callout, Figure, Steps, Term, Widget, table: Table };
