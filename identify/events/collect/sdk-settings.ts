import type { Context } from '@vinculo/http';
import type { FastifyRequest } from 'fastify';
import { knownKeys } from './known-keys.ts';

const EVERYTHING = { __default: { enabled: true, integrations: {} } };

/**
 * What Segment's library for browsers asks before it begins (`AnalyticsBrowser.load({ writeKey, cdnURL })`): send everything here,
 * load nothing from anywhere, and tell nobody how the library fares.
 *
 * @throws VIN_EVENT_KEY_…: 400
 */
export async function sdkSettings(context: Context, request: FastifyRequest, writeKey: string) {
  const { key } = await knownKeys(context.store).use(writeKey);
  const apiHost = `${request.host}/v1`;
  const protocol = protocolOf(request, context.config.publicUrl);
  return {
    integrations: {
      'Segment.io': {
        apiKey: key,
        apiHost,
        protocol,
        retryQueue: true,
        // So that what was sent while the page is left still arrives.
        deliveryStrategy: { strategy: 'standard', config: { keepalive: true } },
      },
    },
    plan: { track: EVERYTHING, identify: EVERYTHING, group: EVERYTHING },
    edgeFunction: {},
    analyticsNextEnabled: true,
    middlewareSettings: {},
    enabledMiddleware: {},
    remotePlugins: [],
    legacyVideoPluginsEnabled: false,
    metrics: { sampleRate: 0, host: apiHost, protocol },
  };
}

/** As the page reached us. Behind a proxy on another machine only our own public address tells that it was https. */
function protocolOf(request: FastifyRequest, publicUrl: string): string {
  const known = new URL(publicUrl);
  return known.host === request.host ? known.protocol.slice(0, -1) : request.protocol;
}
