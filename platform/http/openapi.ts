import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { problem } from './api.ts';
import type { App, RouteDeclaration } from './feature.ts';

const VERSION = '0.1.0';

/** OpenAPI 3.1 at /api/openapi.json and a page to browse and try it at /api/docs. */
export async function describeApi(app: App): Promise<{ check(): void }> {
  const incomplete: string[] = [];

  app.addHook('onRoute', (route) => {
    // Made by fastify out of the GET, with whose schema object it must not be marked.
    if (route.method === 'HEAD') return;
    const declared: RouteDeclaration = route.config ?? {};
    const schema = (route.schema ??= {}) as Record<string, unknown>;
    if (declared.hidden || !route.url.startsWith('/api/')) {
      schema.hide = true;
      return;
    }
    for (const needed of ['summary', 'tags', 'response']) {
      if (!schema[needed]) incomplete.push(`${String(route.method)} ${route.url}: ${needed}`);
    }
    schema.response = {
      ...(schema.response as object),
      default: { description: 'Problem details (RFC 9457)', content: { 'application/problem+json': { schema: problem } } },
    };
    if (declared.permission) {
      const names = [declared.permission].flat();
      schema.description = [schema.description, `Permission: ${names.map((name) => `\`${name}\``).join(', ')}.`]
        .filter(Boolean)
        .join('\n\n');
      schema['x-permission'] = names;
    }
    schema.security = declared.public ? [] : [{ session: [] }, { apiKey: [] }];
  });

  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Vínculo',
        version: VERSION,
        description:
          'Every error is problem details (RFC 9457) with a stable `code`. Lists are paged by cursor: pass `next` of one page as `cursor` of the following. ' +
          'A POST that creates takes an `Idempotency-Key`. Instants are UTC; money is a decimal string with its currency.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'vinculo.session_token' },
          apiKey: { type: 'http', scheme: 'bearer', bearerFormat: 'vin_…' },
        },
      },
    },
    transform: (document) => {
      const { schema, url } = jsonSchemaTransform(document);
      const { idempotent } = (document.route.config ?? {}) as RouteDeclaration;
      if (!idempotent || !schema) return { schema, url };
      const headers = { type: 'object', properties: { 'Idempotency-Key': { type: 'string', maxLength: 200 } } };
      return { schema: { ...schema, headers }, url };
    },
    transformObject: jsonSchemaTransformObject,
  });

  app.get('/api/openapi.json', { config: { public: true, hidden: true } }, () => app.swagger());
  await app.register(swaggerUi, { routePrefix: '/api/docs', uiConfig: { displayRequestDuration: true, persistAuthorization: false } });

  return {
    check() {
      if (incomplete.length > 0) throw new Error(`Routes without all that OpenAPI needs:\n${incomplete.join('\n')}`);
      app.swagger(); // Made once here, so that a schema it cannot describe stops the start and not a reader.
    },
  };
}
