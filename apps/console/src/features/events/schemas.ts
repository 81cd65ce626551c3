import type { EventSettings, EventSource, RotatedWriteKey, WriteKey } from '@vinculo/events/api/collect';
import type { EventError, EventErrorCounts, EventErrorDetail, ChangedErrors, Device } from '@vinculo/events/api/load';
import type { EventDetail, EventFigures, LiveEvent } from '@vinculo/events/api/watch';
import type { z } from 'zod';

export type Live = z.infer<typeof LiveEvent>;
export type Detail = z.infer<typeof EventDetail>;
export type Figures = z.infer<typeof EventFigures>;
export type Key = z.infer<typeof WriteKey>;
export type Rotated = z.infer<typeof RotatedWriteKey>;
export type Treatment = z.infer<typeof EventSettings>;
export type Sender = z.infer<typeof EventSource>;
export type Rejected = z.infer<typeof EventError>;
export type RejectedDetail = z.infer<typeof EventErrorDetail>;
export type RejectedCounts = z.infer<typeof EventErrorCounts>;
export type Changed = z.infer<typeof ChangedErrors>;
export type KnownDevice = z.infer<typeof Device>;
