import { feature as access } from '@vinculo/access';
import { feature as audit } from '@vinculo/audit';
import { feature as channels } from '@vinculo/channels';
import { connections } from '@vinculo/connections';
import { customerFile } from '@vinculo/customer-file';
import { feature as events } from '@vinculo/events';
import { type Feature, feature as http } from '@vinculo/http';
import { feature as insight, ranking, segmentSources } from '@vinculo/insight';
import { audience, segments } from '@vinculo/segments';

/** The one list of what the server is made of. Migrations run in this order, so a feature comes after those whose tables it names. */
export const FEATURES: readonly Feature[] = [
  http,
  access,
  audit,
  customerFile({ membership: audience, ranking }),
  events,
  connections({ audience }),
  segments(segmentSources),
  insight,
  channels,
];
