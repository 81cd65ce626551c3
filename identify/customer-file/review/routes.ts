import { type App, type Context, page } from '@vinculo/http';
import { z } from 'zod';
import {
  ReviewBulk,
  ReviewBulkAsked,
  ReviewBulkPreview,
  ReviewBulkPreviewAsked,
  ReviewBulkStarted,
  ReviewDecide,
  ReviewDecided,
  ReviewPair,
  ReviewPatterns,
  ReviewQuery,
  ReviewRow,
  ReviewSettings,
  ReviewSettle,
  ReviewStatistics,
  ReviewUndone,
} from '../api/review.ts';
import { previewBulk } from './bulk-pairs.ts';
import { decidePair } from './decide-pair.ts';
import { findPair } from './find-pair.ts';
import { listPairs } from './list-pairs.ts';
import { listPatterns } from './list-patterns.ts';
import { getReviewSettings, putReviewSettings } from './review-settings.ts';
import { settlePair } from './settle-pair.ts';
import { listBulks, startBulk, startBulkUndo } from './start-bulk.ts';
import { reviewStatistics } from './statistics.ts';
import { undoDecision } from './undo-decision.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['review'];

export function routes(app: App, context: Context): void {
  const { store } = context;
  const audit = (part: string) => ({ action: 'review.read', subject: 'review_pair', detail: () => ({ part }) });

  app.get(
    '/api/v1/review/pairs',
    {
      config: { permission: 'review.read', audit: audit('list') },
      schema: {
        tags,
        summary: 'Doubtful pairs of records: to decide, disagreed, decided',
        querystring: ReviewQuery,
        response: { 200: page(ReviewRow) },
      },
    },
    (request) => listPairs(store, request.actor, request.query),
  );
  app.get(
    '/api/v1/review/pairs/:id',
    {
      config: { permission: 'review.read', audit: { action: 'review.read', subject: 'review_pair', id: ({ params }) => params.id } },
      schema: {
        tags,
        summary: 'A pair: both records field by field, the weights, and what a decision would do',
        params: Id,
        response: { 200: ReviewPair },
      },
    },
    (request) => findPair(store, request.actor, request.params.id),
  );
  app.post(
    '/api/v1/review/pairs/:id/decisions',
    {
      config: { permission: 'review.decide', idempotent: true },
      schema: { tags, summary: 'Say of a pair: same, different, unsure', params: Id, body: ReviewDecide, response: { 200: ReviewDecided } },
    },
    (request) => decidePair(context, request.actor, request.params.id, request.body),
  );
  app.post(
    '/api/v1/review/pairs/:id/settlement',
    {
      config: { permission: ['review.decide', 'customer.merge'], idempotent: true },
      schema: {
        tags,
        summary: 'Settle a pair that people decided differently',
        params: Id,
        body: ReviewSettle,
        response: { 200: ReviewDecided },
      },
    },
    (request) => settlePair(context, request.actor, request.params.id, request.body),
  );
  app.post(
    '/api/v1/review/decisions/:id/undo',
    {
      config: { permission: 'review.decide', idempotent: true },
      schema: {
        tags,
        summary: 'Take a decision back, or with `last` the latest of one’s own',
        params: z.object({ id: z.union([z.uuid(), z.literal('last')]) }),
        response: { 200: ReviewUndone },
      },
    },
    (request) => undoDecision(context, request.actor, request.params.id),
  );

  app.get(
    '/api/v1/review/patterns',
    {
      config: { permission: 'review.read' },
      schema: { tags, summary: 'Open pairs by the pattern of their levels', response: { 200: ReviewPatterns } },
    },
    (request) => listPatterns(store, request.actor),
  );
  // Many customers are joined or parted at once: that is for those who may merge them one by one.
  const BULK = ['review.decide', 'customer.merge'];
  app.post(
    '/api/v1/review/bulk/preview',
    {
      config: { permission: BULK, audit: audit('bulk') },
      schema: {
        tags,
        summary: 'How many pairs a bulk decision would decide, with a sample; nothing is changed',
        body: ReviewBulkPreviewAsked,
        response: { 200: ReviewBulkPreview },
      },
    },
    (request) => previewBulk(store, request.actor, request.body),
  );
  app.post(
    '/api/v1/review/bulk',
    {
      config: { permission: BULK, idempotent: true },
      schema: {
        tags,
        summary: 'Decide every open pair of a pattern, or those chosen, alike',
        body: ReviewBulkAsked,
        response: { 201: ReviewBulkStarted },
      },
    },
    async (request, reply) => reply.code(201).send(await startBulk(context, request.actor, request.body)),
  );
  app.get(
    '/api/v1/review/bulk',
    {
      config: { permission: 'review.read' },
      schema: { tags, summary: 'The latest bulk decisions', response: { 200: z.object({ items: z.array(ReviewBulk) }) } },
    },
    (request) => listBulks(store, request.actor),
  );
  app.post(
    '/api/v1/review/bulk/:id/undo',
    {
      config: { permission: BULK, idempotent: true },
      schema: { tags, summary: 'Take back everything a bulk decision did', params: Id, response: { 200: ReviewBulkStarted } },
    },
    (request) => startBulkUndo(context, request.actor, request.params.id),
  );

  app.get(
    '/api/v1/review/statistics',
    {
      config: { permission: 'review.read' },
      schema: { tags, summary: 'How many are open, who decided what, how far people agree', response: { 200: ReviewStatistics } },
    },
    (request) => reviewStatistics(context, request.actor),
  );
  app.get(
    '/api/v1/review/settings',
    {
      config: { permission: 'review.read' },
      schema: { tags, summary: 'Whether a second opinion is needed', response: { 200: ReviewSettings } },
    },
    () => getReviewSettings(store.db),
  );
  app.put(
    '/api/v1/review/settings',
    {
      config: { permission: 'settings.write' },
      schema: {
        tags,
        summary: 'Ask for a second opinion, or no longer; decisions in force stay',
        body: ReviewSettings,
        response: { 200: ReviewSettings },
      },
    },
    (request) => putReviewSettings(store, request.actor, request.body),
  );
}
