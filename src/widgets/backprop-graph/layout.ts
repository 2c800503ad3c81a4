/** Where nodes stand: in the order of computation, values just before what they are used for. */
import { inputsOf, isValue, type Nodes } from "./model.ts";

/** Place in whole columns along the computation, and across it from 0. */
export interface Spot {
  readonly column: number;
  readonly row: number;
}

/** The line from a node to one input of another; it keeps clear of the nodes between. */
export interface Way {
  readonly source: number;
  readonly consumer: number;
  readonly slot: number;
  readonly points: readonly Spot[];
}

export interface Layout {
  readonly spots: readonly Spot[];
  readonly ways: readonly Way[];
  readonly columns: number;
  readonly rows: number;
}

interface Passage {
  readonly key: string;
  readonly column: number;
}

export function layoutOf(nodes: Nodes, output: number | undefined): Layout {
  const columns = columnsOf(nodes);
  const count = Math.max(0, ...columns) + 1;
  const passages = visit(nodes, columns, output);
  const inColumn = Array.from({ length: count }, (_, column) =>
    passages.filter((passage) => passage.column === column).map(({ key }) => key),
  );
  const rows = Math.max(1, ...inColumn.map((column) => column.length));
  const spotOf = (key: string, column: number): Spot => {
    const mates = inColumn[column]!;
    return { column, row: mates.indexOf(key) + (rows - mates.length) / 2 };
  };
  const spots = nodes.map((_, i) => spotOf(nodeKey(i), columns[i]!));
  const ways = nodes.flatMap((node, consumer) =>
    inputsOf(node).flatMap((source, slot): Way[] => {
      if (source === undefined) return [];
      const between = columnsBetween(columns[source]!, columns[consumer]!).map((column) =>
        spotOf(wayKey(source, consumer, slot), column),
      );
      return [{ source, consumer, slot, points: [spots[source]!, ...between, spots[consumer]!] }];
    }),
  );
  return { spots, ways, columns: count, rows };
}

const nodeKey = (i: number) => `${i}`;
const wayKey = (source: number, consumer: number, slot: number) => `${source} ${consumer} ${slot}`;

const columnsBetween = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from - 1) }, (_, i) => from + 1 + i);

/** Longest way from a value for operations; a value stands one before the first that uses it. */
function columnsOf(nodes: Nodes): number[] {
  const depths: number[] = nodes.map((node) => (isValue(node) ? 0 : 1));
  for (let pass = 0; pass < nodes.length; pass++) {
    nodes.forEach((node, i) => {
      for (const input of inputsOf(node)) {
        if (input !== undefined) depths[i] = Math.max(depths[i]!, depths[input]! + 1);
      }
    });
  }
  return nodes.map((node, i) => {
    if (!isValue(node)) return depths[i]!;
    const users = nodes.flatMap((user, at) => (inputsOf(user).includes(i) ? [depths[at]!] : []));
    return users.length === 0 ? 0 : Math.max(0, Math.min(...users) - 1);
  });
}

/**
 * Nodes, and long ways in every column they pass, as they are met going back from the output, inputs in their
 * order: a tree is drawn without crossings.
 */
function visit(nodes: Nodes, columns: readonly number[], output: number | undefined): Passage[] {
  const seen = new Set<number>();
  const passages: Passage[] = [];
  const visitNode = (i: number) => {
    if (seen.has(i)) return;
    seen.add(i);
    passages.push({ key: nodeKey(i), column: columns[i]! });
    inputsOf(nodes[i]!).forEach((source, slot) => {
      if (source === undefined) return;
      const key = wayKey(source, i, slot);
      for (const column of columnsBetween(columns[source]!, columns[i]!)) passages.push({ key, column });
      visitNode(source);
    });
  };
  if (output !== undefined) visitNode(output);
  nodes.forEach((_, i) => {
    visitNode(i);
  });
  return passages;
}
