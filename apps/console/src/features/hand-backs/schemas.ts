// The API's words as types; no schema of the server is carried into the browser.
import type * as api from '@vinculo/connections/api/hand-backs';
import type { z } from 'zod';

export type HandBack = z.infer<typeof api.HandBack>;
export type HandBackRun = z.infer<typeof api.HandBackRun>;
export type HandBackField = z.infer<typeof api.HandBackField>;
export type HandBackPreview = z.infer<typeof api.HandBackPreview>;
export type HandBackTest = z.infer<typeof api.HandBackTest>;
export type NewHandBack = z.input<typeof api.NewHandBack>;
export type Target = z.infer<typeof api.HandBackTarget>;
export type TargetKind = Target['kind'];
