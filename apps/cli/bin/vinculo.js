#!/usr/bin/env node
// The product runs from its source (docs/adr/0005): tsx makes Node read TypeScript, then the program starts.
import { register } from 'tsx/esm/api';

register();
await import('../main.ts');
