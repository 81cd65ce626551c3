import type { App, Context } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/forecast.ts';
import { customerForecast } from './customer-forecast.ts';
import { forecastOverview } from './forecast-overview.ts';
import { changeSettings } from './settings.ts';

const tags = ['forecast'];

export function routes(app: App, context: Context): void {
  app.get(
    '/api/v1/forecast',
    {
      config: { permission: 'value.read' },
      schema: {
        tags,
        summary: 'Which purchase model forecast the own past best, and what it expects',
        response: { 200: api.Forecast },
      },
    },
    () => forecastOverview(context),
  );
  app.put(
    '/api/v1/forecast/settings',
    {
      config: { permission: 'value.write' },
      schema: {
        tags,
        summary: 'How far lifetime value looks and what later money is worth; everybody is scored again',
        body: api.ForecastSettingsChange,
        response: { 200: api.ForecastSettingsInForce },
      },
    },
    (request) => changeSettings(context, request.actor, request.body),
  );
  app.get(
    '/api/v1/customers/:id/forecast',
    {
      config: {
        permission: ['customer.read', 'value.read'],
        audit: {
          action: 'customer.read',
          subject: 'customer',
          id: ({ params }) => params.id,
          detail: () => ({ part: 'forecast' }),
        },
      },
      schema: {
        tags,
        summary: 'Whether this customer still is one, what they will buy and bring, and from what that follows',
        params: z.object({ id: z.uuid() }),
        response: { 200: api.CustomerForecast },
      },
    },
    (request) => customerForecast(context, request.params.id),
  );
}
