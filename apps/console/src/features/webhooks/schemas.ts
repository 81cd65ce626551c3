// The API's words as types; no schema of the server is carried into the browser.
import type * as hooks from '@vinculo/connections/api/hooks';
import type * as api from '@vinculo/connections/api/webhooks';
import type { z } from 'zod';

export type Webhook = z.infer<typeof api.Webhook>;
export type WebhookWithSecret = z.infer<typeof api.WebhookWithSecret>;
export type NewWebhook = z.input<typeof api.NewWebhook>;
export type WebhookChange = z.input<typeof api.WebhookChange>;
export type WebhookEvents = z.infer<typeof api.WebhookEvents>;
export type Delivery = z.infer<typeof api.Delivery>;
export type DeliveryDetail = z.infer<typeof api.DeliveryDetail>;
export type TestResult = z.infer<typeof api.TestResult>;

export type Hook = z.infer<typeof hooks.Hook>;
export type HookWithSecret = z.infer<typeof hooks.HookWithSecret>;
export type NewHook = z.input<typeof hooks.NewHook>;
export type HookVerify = z.input<typeof hooks.HookVerify>;
export type HookMapping = z.infer<typeof hooks.HookMapping>;
export type HookMessage = z.infer<typeof hooks.HookMessage>;
export type HookMessageDetail = z.infer<typeof hooks.HookMessageDetail>;
export type HookPreview = z.infer<typeof hooks.HookPreview>;
