/** How each number of a head comes about: the terms it is the sum of, and what is done with them. */
import type { HeadPart } from "./protocol.ts";

export type Kind = "query" | "key" | "value";

export interface Term {
  /** Which term it is, from 0. */
  readonly at: number;
  readonly left: number;
  readonly right: number;
  readonly product: number;
}

const term = (at: number, left: number, right: number): Term => ({ at, left, right, product: left * right });
const range = (count: number) => Array.from({ length: count }, (_, i) => i);

export const sumOf = (terms: readonly Term[]): number =>
  terms.reduce((total, { product }) => total + product, 0);

/** A number of a query, key or value: the token's stream times a column of the projection; the bias is added. */
export function projectionTerms(part: HeadPart, kind: Kind, row: number, dimension: number): Term[] {
  const { width, size, input, projections } = part;
  const { weights } = projections[kind];
  return range(width).map((i) => term(i, input[row * width + i]!, weights[i * size + dimension]!));
}

/** A product of a query and a key. */
export function productTerms({ size, query, key }: HeadPart, row: number, column: number): Term[] {
  return range(size).map((i) => term(i, query[row * size + i]!, key[column * size + i]!));
}

/** A number that a head takes: its weights times the values. Later tokens have no weight. */
export function mixedTerms(part: HeadPart, row: number, dimension: number): Term[] {
  const { count, size, weights, value } = part;
  return range(count).map((i) => term(i, weights[row * count + i]!, value[i * size + dimension]!));
}

export interface Share {
  readonly at: number;
  readonly score: number;
  /** e to the score; 0 behind the mask. */
  readonly power: number;
  readonly share: number;
}

/** Softmax of a row, number by number; without the mask later tokens take part. */
export function softmaxShares({ count, scores }: HeadPart, row: number, masked: boolean): Share[] {
  const powers = range(count).map((at) => (masked && at > row ? 0 : Math.exp(scores[row * count + at]!)));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power, at) => ({ at, score: scores[row * count + at]!, power, share: power / total }));
}

/** All products of queries and keys, [n, n]. */
export const productsOf = ({ scores, size }: HeadPart): Float32Array =>
  scores.map((score) => score * Math.sqrt(size));

/** −∞ where a later token would be seen, [n, n]. */
export const maskedOf = ({ scores, count }: HeadPart): Float32Array =>
  scores.map((score, at) => (at % count > Math.floor(at / count) ? Number.NEGATIVE_INFINITY : score));

/** Weights as they would be if nothing were hidden in this head, [n, n]. */
export function unmaskedWeights(part: HeadPart): Float32Array {
  return Float32Array.from(
    range(part.count).flatMap((row) => softmaxShares(part, row, false).map(({ share }) => share)),
  );
}
