import { companySettings, companySettingsChange } from './api.ts';
import type { App, Context } from './feature.ts';

const tags = ['settings'];

export function settingRoutes(app: App, { settings }: Context): void {
  app.get(
    '/api/v1/settings',
    { config: { permission: 'settings.read' }, schema: { tags, summary: 'The company’s settings', response: { 200: companySettings } } },
    () => settings.get(),
  );

  app.put(
    '/api/v1/settings',
    {
      config: { permission: 'settings.write' },
      schema: { tags, summary: 'Change settings; those left out stay', body: companySettingsChange, response: { 200: companySettings } },
    },
    (request) => settings.put(request.actor, request.body),
  );
}
