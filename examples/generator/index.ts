export { generatePerson, type Person, type PersonPlan } from './people.ts';
export { demoNoise, harshNoise, type Noise } from './noise.ts';
export type { FileOptions, ImportKind, ManifestEntry, OnProgress } from './manifest.ts';
export { type RandomSource, randomSource } from './random.ts';
export { type DemoSettings, writeDemo } from './write-demo.ts';
export { type LoadSettings, writeLoad } from './write-load.ts';
