import type { App, Context } from '@vinculo/http';
import * as api from '../api/home.ts';
import { home } from './home.ts';

export function routes(app: App, context: Context): void {
  app.get(
    '/api/v1/home',
    {
      config: { permission: 'customer.read' },
      schema: { tags: ['home'], summary: 'What changed, what needs you, what the base is worth', response: { 200: api.Home } },
    },
    (request) => home(context, request.actor),
  );
}
