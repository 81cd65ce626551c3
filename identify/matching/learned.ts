// What a model remembers of the file it was trained on, besides its parameters: how common values were, which blocks were too
// large, how names were taken apart. With it the model judges two records alike whatever file they are in, and however that grows.
import { z } from 'zod';

const frequency = z.strictObject({
  /** Rows that had a value. */
  present: z.number(),
  /** Every value counts as had by this many rows at least, one never seen too. */
  floor: z.number(),
  /** log2 of the rows that share the value of a row drawn at random. */
  average: z.number(),
  /** Fingerprints of the values that more rows had than the floor, and how many rows. */
  values: z.array(z.number()),
  rows: z.array(z.number()),
});

const field = z.strictObject({
  name: z.string(),
  whole: frequency,
  parts: z.record(z.string(), frequency),
  tokens: frequency.optional(),
});

const blocks = z.strictObject({
  /** The rule as text. */
  rule: z.string(),
  /** Keys that were split by one more column, step by step; by fingerprint. */
  split: z.array(z.strictObject({ column: z.string(), keys: z.array(z.number()) })),
  /** Keys that brought too many pairs even so. */
  leftOut: z.array(z.number()),
});

const names = z.strictObject({
  from: z.array(z.string()),
  surnameFirst: z.boolean(),
  twoSurnames: z.boolean(),
  /** Fingerprints of words that are given names, and of those that hardly are anything else. */
  given: z.array(z.number()),
  surely: z.array(z.number()),
});

const words = z.strictObject({
  from: z.array(z.string()),
  /** Fingerprints of the words worth blocking by, and the rows that had each. */
  words: z.array(z.number()),
  rows: z.array(z.number()),
});

export const learnedSchema = z.strictObject({
  fields: z.array(field),
  blocks: z.array(blocks),
  names: z.array(names),
  words: z.array(words),
});

export type Learned = z.output<typeof learnedSchema>;
export type LearnedBlocks = z.output<typeof blocks>;
export type LearnedNames = z.output<typeof names>;
export type LearnedWords = z.output<typeof words>;
