import { DIMENSIONS, type Feature } from './features.ts';

/**
 * Logistic regression over hashed features, learned one decision at a time (AdaGrad, L2). Small on purpose: a site has thousands of decisions,
 * not millions, and each weight can be shown to a person.
 */
export type Model = {
  readonly weights: Float32Array;
  /** Sums of squared gradients: how sure each weight is. */
  readonly sums: Float32Array;
  bias: number;
  biasSum: number;
  /** Decisions learned from. */
  examples: number;
};

const RATE = 0.5;
const DECAY = 1e-4;
const EPSILON = 1e-6;

export function newModel(): Model {
  return {
    weights: new Float32Array(DIMENSIONS),
    sums: new Float32Array(DIMENSIONS),
    bias: 0,
    biasSum: 0,
    examples: 0,
  };
}

/** Log-odds that the text is trouble. */
export function scoreOf(model: Model, features: readonly Feature[]): number {
  let score = model.bias;
  for (const { at, value } of features) score += (model.weights[at] ?? 0) * value;
  return score;
}

export function probability(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

/** Learns from one decision: `trouble` when a person removed it. Changes the model. */
export function learn(model: Model, features: readonly Feature[], trouble: boolean): void {
  const error = probability(scoreOf(model, features)) - (trouble ? 1 : 0);
  for (const { at, value } of features) {
    const weight = model.weights[at] ?? 0;
    const gradient = error * value + DECAY * weight;
    const sum = (model.sums[at] ?? 0) + gradient * gradient;
    model.sums[at] = sum;
    model.weights[at] = weight - (RATE * gradient) / Math.sqrt(sum + EPSILON);
  }
  model.biasSum += error * error;
  model.bias -= (RATE * error) / Math.sqrt(model.biasSum + EPSILON);
  model.examples += 1;
}

export type Reason = { readonly name: string; readonly weight: number };

/** The features that move a text's score most, strongest first; positive weights speak for trouble. */
export function reasonsOf(model: Model, features: readonly Feature[], most: number): Reason[] {
  return features
    .map(({ at, value, name }) => ({ name, weight: (model.weights[at] ?? 0) * value }))
    .filter(({ weight }) => Math.abs(weight) > 0.01)
    .sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight))
    .slice(0, most);
}

/** The numbers of a model as text, for the database: little-endian 32-bit floats in base64. */
export function packModel(model: Model): { weights: string; sums: string } {
  const pack = (numbers: Float32Array): string =>
    Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64');
  return { weights: pack(model.weights), sums: pack(model.sums) };
}

/** @throws Error where the text is not of this edition's size */
export function unpackNumbers(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.byteLength !== DIMENSIONS * 4) throw new Error('the kept classifier has another size');
  const numbers = new Float32Array(DIMENSIONS);
  for (let at = 0; at < DIMENSIONS; at += 1) numbers[at] = bytes.readFloatLE(at * 4);
  return numbers;
}
