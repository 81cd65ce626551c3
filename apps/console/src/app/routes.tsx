// Every screen of the console, in the order of the rail. A feature adds its screens here, one line each, and nothing else.
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { customerSearch, customersSearch } from '../features/customers/search.ts';
import { connectionSearch, connectionsSearch, newConnectionSearch } from '../features/connections/search.ts';
import { boardSearch, boardsSearch } from '../features/boards/search.ts';
import { contactsSearch, newContactSearch } from '../features/contacts/search.ts';
import { householdSearch, householdsSearch } from '../features/households/search.ts';
import { auditSearch } from '../features/audit/search.ts';
import { liveSearch, rejectedSearch, sourceEventsSearch } from '../features/events/search.ts';
import { inboxSearch, newLetterSearch } from '../features/inbox/search.ts';
import { importSearch, importsSearch, newImportSearch } from '../features/imports/search.ts';
import { funnelStuckSearch, lifeCycleCustomersSearch, lifeCycleSearch } from '../features/life-cycle/search.ts';
import { mailboxesSearch } from '../features/mailboxes/search.ts';
import { jobsSearch } from '../features/jobs/search.ts';
import { repliesSearch } from '../features/replies/search.ts';
import { reportListSearch, reportSearch } from '../features/report/search.ts';
import { reviewListSearch, reviewSearch } from '../features/review/search.ts';
import { healthSearch } from '../features/model-health/search.ts';
import { profitListSearch } from '../features/profit/search.ts';
import { qualitySearch } from '../features/quality/search.ts';
import { questionsSearch } from '../features/questions/search.ts';
import { rulesSearch } from '../features/relink/search.ts';
import { scenariosSearch } from '../features/scenarios/search.ts';
import { segmentSearch, segmentsSearch } from '../features/segments/search.ts';
import { handBackSearch, handBacksSearch, handBackWizardSearch } from '../features/hand-backs/search.ts';
import { hookSearch, hooksSearch, webhookSearch, webhooksSearch } from '../features/webhooks/search.ts';
import { sourcesSearch } from '../features/sources/search.ts';
import {
  type Icon,
  IconActivity,
  IconAdjustmentsHorizontal,
  IconAlertTriangle,
  IconArrowsSplit,
  IconBuilding,
  IconChartLine,
  IconChecklist,
  IconCoins,
  IconDatabase,
  IconFileImport,
  IconFilter,
  IconHeartHandshake,
  IconHistory,
  IconHome,
  IconHomeHeart,
  IconKey,
  IconLayersIntersect,
  IconLayoutDashboard,
  IconListDetails,
  IconMail,
  IconMapPin,
  IconPhone,
  IconPlugConnected,
  IconPlus,
  IconPuzzle,
  IconRecycle,
  IconReportAnalytics,
  IconRosetteDiscountCheck,
  IconSettings,
  IconTicket,
  IconTrendingUp,
  IconTruckDelivery,
  IconUserPlus,
  IconShare,
  IconShield,
  IconSql,
  IconStethoscope,
  IconUsers,
} from '../ui/icons.ts';

/** The verbs, left to right, are the headings; `work` has none. A heading appears when it has a link in it. */
export type NavGroup = 'start' | 'identify' | 'differentiate' | 'interact' | 'personalise' | 'protect' | 'work';

export interface Screen {
  /** `/customers`, `/customers/$id`. */
  path: string;
  load: () => Promise<{ default: () => ReactNode }>;
  /** Needed to open it; with several, all of them. Links to it do not show without. */
  permission?: string | readonly string[];
  /** What may stand in the URL after the question mark. Values are strings there: use z.coerce for numbers. */
  search?: z.ZodType<Record<string, unknown>>;
  /** Its links in the rail and in ⌘K; a screen reached from another one has none. */
  links?: readonly NavLink[];
  /** Path of the screen whose link stands for it in the rail, where its own path is not under that one. */
  partOf?: string;
  /** Things to do that ⌘K offers and that begin on this screen. */
  actions?: readonly ScreenAction[];
}

export interface ScreenAction {
  /** A verb: `people:invite`. */
  label: string;
  icon: Icon;
  /** What the screen finds in its URL: `{ invite: 'yes' }`. */
  search?: Record<string, string>;
  /** Needed besides that of the screen. */
  permission?: string;
}

export interface NavLink {
  group: NavGroup;
  /** Key of a catalogue: `nav:customers`. */
  label: string;
  icon: Icon;
  /** The same list already filtered: `{ kind: 'company' }`. */
  search?: Record<string, string>;
  /** Shown in the bar of a telephone; at most four. */
  bar?: true;
  /** Label of the link it stands under: shown once that one is opened. */
  under?: string;
  /** How many things wait there: a number in what this path answers. */
  count?: { path: string; of: string };
}

const screen = (path: string, load: Screen['load'], rest: Omit<Screen, 'path' | 'load'> = {}): Screen => ({ path, load, ...rest });
const link = (group: NavGroup, label: string, icon: Icon, rest: Pick<NavLink, 'search' | 'bar' | 'count' | 'under'> = {}): NavLink => ({
  group,
  label,
  icon,
  ...rest,
});

export const SCREENS: readonly Screen[] = [
  screen('/', () => import('../features/home/home.tsx'), {
    permission: 'customer.read',
    links: [link('start', 'nav:home', IconHome, { bar: true })],
  }),
  screen('/customers', () => import('../features/customers/customers.tsx'), {
    permission: 'customer.read',
    search: customersSearch,
    links: [
      link('identify', 'nav:customers', IconUsers, { bar: true }),
      link('identify', 'nav:companies', IconBuilding, { search: { kind: 'company' } }),
    ],
  }),
  screen('/customers/new', () => import('../features/customers/new-customer.tsx'), {
    permission: ['customer.write', 'customer.read_personal'],
    actions: [{ label: 'customers:entry.new', icon: IconUserPlus }],
  }),
  screen('/customers/$id', () => import('../features/customers/customer.tsx'), { permission: 'customer.read', search: customerSearch }),
  screen('/households', () => import('../features/households/households.tsx'), {
    permission: 'customer.read',
    search: householdsSearch,
    links: [link('identify', 'nav:households', IconHomeHeart)],
  }),
  screen('/households/$id', () => import('../features/households/household.tsx'), { permission: 'customer.read', search: householdSearch }),
  screen('/sources', () => import('../features/sources/sources.tsx'), {
    permission: 'source.read',
    search: sourcesSearch,
    links: [link('identify', 'nav:sources', IconDatabase)],
    actions: [{ label: 'sources:new', icon: IconPlus, search: { create: 'yes' }, permission: 'source.write' }],
  }),
  screen('/imports', () => import('../features/imports/imports.tsx'), {
    permission: 'source.read',
    search: importsSearch,
    links: [link('identify', 'nav:imports', IconFileImport, { under: 'nav:sources' })],
  }),
  screen('/imports/new', () => import('../features/imports/new-import.tsx'), {
    permission: ['import.run', 'source.read'],
    search: newImportSearch,
    actions: [{ label: 'wizard:title', icon: IconFileImport }],
  }),
  screen('/connections', () => import('../features/connections/connections.tsx'), {
    permission: 'connection.read',
    search: connectionsSearch,
    links: [link('identify', 'nav:connections', IconPlugConnected, { under: 'nav:sources' })],
  }),
  screen('/connections/new', () => import('../features/connections/new-connection.tsx'), {
    permission: ['connection.write', 'import.run', 'source.read'],
    search: newConnectionSearch,
    actions: [{ label: 'connections:list.new', icon: IconPlugConnected }],
  }),
  screen('/connections/$id', () => import('../features/connections/connection.tsx'), {
    permission: 'connection.read',
    search: connectionSearch,
  }),
  screen('/imports/$id', () => import('../features/imports/import.tsx'), { permission: 'source.read', search: importSearch }),
  screen('/events', () => import('../features/events/live.tsx'), {
    permission: 'source.read',
    search: liveSearch,
    links: [link('identify', 'nav:live', IconActivity, { under: 'nav:sources' })],
    actions: [{ label: 'events:connect.action', icon: IconPlugConnected, search: { connect: 'yes' }, permission: 'source.write' }],
  }),
  screen('/events/rejected', () => import('../features/events/rejected.tsx'), {
    permission: 'source.read',
    search: rejectedSearch,
    actions: [{ label: 'events:rejected.title', icon: IconAlertTriangle }],
  }),
  screen('/sources/$id/events', () => import('../features/events/source-events.tsx'), {
    permission: 'source.read',
    search: sourceEventsSearch,
  }),
  screen('/webhooks', () => import('../features/webhooks/webhooks.tsx'), {
    permission: 'connection.read',
    search: webhooksSearch,
    links: [link('identify', 'nav:webhooks', IconShare, { under: 'nav:sources' })],
    actions: [{ label: 'webhooks:out.new', icon: IconPlus, search: { create: 'yes' }, permission: 'connection.write' }],
  }),
  screen('/webhooks/$id', () => import('../features/webhooks/webhook.tsx'), { permission: 'connection.read', search: webhookSearch }),
  screen('/hooks', () => import('../features/webhooks/hooks.tsx'), {
    permission: 'connection.read',
    partOf: '/webhooks',
    search: hooksSearch,
    actions: [{ label: 'webhooks:in.new', icon: IconPlus, search: { create: 'yes' }, permission: 'connection.write' }],
  }),
  screen('/hooks/$id', () => import('../features/webhooks/hook.tsx'), { permission: 'connection.read', search: hookSearch }),
  screen('/hand-backs', () => import('../features/hand-backs/hand-backs.tsx'), {
    permission: 'connection.read',
    search: handBacksSearch,
    links: [link('identify', 'nav:handBacks', IconTruckDelivery, { under: 'nav:sources' })],
  }),
  screen('/hand-backs/new', () => import('../features/hand-backs/hand-back-wizard.tsx'), {
    permission: ['connection.write', 'customer.read'],
    search: handBackWizardSearch,
    actions: [{ label: 'handback:new', icon: IconTruckDelivery }],
  }),
  screen('/hand-backs/$id', () => import('../features/hand-backs/hand-back.tsx'), {
    permission: 'connection.read',
    search: handBackSearch,
  }),
  screen('/hand-backs/$id/edit', () => import('../features/hand-backs/hand-back-wizard.tsx'), {
    permission: ['connection.write', 'customer.read'],
    search: handBackWizardSearch,
  }),
  screen('/duplicates', () => import('../features/duplicates/duplicates.tsx'), {
    permission: 'customer.read',
    links: [link('identify', 'nav:duplicates', IconLayersIntersect)],
  }),
  screen('/review', () => import('../features/review/review.tsx'), {
    permission: 'review.read',
    search: reviewSearch,
    links: [link('identify', 'nav:review', IconChecklist, { under: 'nav:duplicates', count: { path: '/review/statistics', of: 'open' } })],
  }),
  screen('/review/list', () => import('../features/review/review-list.tsx'), { permission: 'review.read', search: reviewListSearch }),
  screen('/review/patterns', () => import('../features/review/review-patterns.tsx'), { permission: 'review.read' }),
  screen('/review/progress', () => import('../features/review/review-progress.tsx'), { permission: 'review.read' }),
  screen('/model-health', () => import('../features/model-health/model-health.tsx'), {
    permission: 'customer.read',
    search: healthSearch,
    links: [link('identify', 'nav:modelHealth', IconStethoscope, { under: 'nav:duplicates' })],
  }),
  screen('/linking-rules', () => import('../features/relink/rules.tsx'), {
    permission: 'settings.read',
    search: rulesSearch,
    links: [link('identify', 'nav:linkingRules', IconAdjustmentsHorizontal, { under: 'nav:duplicates' })],
  }),
  screen('/linking-rules/$id', () => import('../features/relink/change.tsx'), { permission: ['settings.read', 'customer.read'] }),
  screen('/customers/$id/cluster', () => import('../features/cluster/cluster.tsx'), { permission: 'customer.read' }),
  screen('/quality', () => import('../features/quality/quality.tsx'), {
    permission: 'source.read',
    search: qualitySearch,
    links: [link('identify', 'nav:quality', IconRosetteDiscountCheck)],
  }),
  screen('/boards', () => import('../features/boards/boards.tsx'), {
    permission: 'value.read',
    search: boardsSearch,
    links: [link('differentiate', 'nav:boards', IconLayoutDashboard)],
    actions: [{ label: 'boards:new', icon: IconPlus, search: { create: 'yes' }, permission: 'board.write' }],
  }),
  screen('/boards/$id', () => import('../features/boards/board.tsx'), { permission: 'value.read', search: boardSearch }),
  screen('/value', () => import('../features/value/value.tsx'), {
    permission: 'value.read',
    links: [link('differentiate', 'nav:value', IconCoins, { bar: true })],
  }),
  screen('/value/report', () => import('../features/report/report.tsx'), {
    permission: 'value.read',
    search: reportSearch,
    links: [link('differentiate', 'nav:report', IconReportAnalytics, { under: 'nav:value' })],
  }),
  screen('/value/report/customers', () => import('../features/report/report-list.tsx'), {
    permission: ['value.read', 'customer.read'],
    search: reportListSearch,
  }),
  screen('/value/profit', () => import('../features/profit/profit.tsx'), {
    permission: 'value.read',
    links: [link('differentiate', 'nav:profit', IconChartLine, { under: 'nav:value' })],
  }),
  screen('/value/profit/customers', () => import('../features/profit/profit-list.tsx'), {
    permission: ['value.read', 'customer.read'],
    search: profitListSearch,
  }),
  screen('/value/costs', () => import('../features/profit/costs.tsx'), {
    permission: 'value.read',
    actions: [{ label: 'nav:costs', icon: IconTruckDelivery }],
  }),
  screen('/value/models', () => import('../features/value-models/models.tsx'), { permission: 'value.read' }),
  screen('/value/models/$id', () => import('../features/value-models/model.tsx'), { permission: ['value.read', 'customer.read'] }),
  screen('/value/forecast', () => import('../features/forecast/forecast.tsx'), {
    permission: 'value.read',
    links: [link('differentiate', 'nav:forecast', IconTrendingUp, { under: 'nav:value' })],
  }),
  screen('/value/scenarios', () => import('../features/scenarios/scenarios.tsx'), {
    permission: 'value.read',
    search: scenariosSearch,
    links: [link('differentiate', 'nav:scenarios', IconArrowsSplit, { under: 'nav:value' })],
  }),
  screen('/loyalty', () => import('../features/loyalty/loyalty.tsx'), {
    permission: ['value.read', 'customer.read'],
    links: [link('differentiate', 'nav:loyalty', IconHeartHandshake)],
  }),
  screen('/loyalty/weights', () => import('../features/loyalty/weights.tsx'), { permission: 'value.read' }),
  screen('/loyalty/market', () => import('../features/loyalty/market.tsx'), { permission: 'value.read' }),
  screen('/life-cycle', () => import('../features/life-cycle/life-cycle.tsx'), {
    permission: 'value.read',
    search: lifeCycleSearch,
    links: [link('differentiate', 'nav:lifeCycle', IconRecycle)],
  }),
  screen('/life-cycle/rules', () => import('../features/life-cycle/rules.tsx'), { permission: 'value.read' }),
  screen('/life-cycle/customers', () => import('../features/life-cycle/life-cycle-customers.tsx'), {
    permission: ['customer.read', 'value.read'],
    search: lifeCycleCustomersSearch,
  }),
  screen('/life-cycle/funnel', () => import('../features/funnel/edit-funnel.tsx'), { permission: 'value.write' }),
  screen('/life-cycle/funnel/people', () => import('../features/funnel/funnel-people.tsx'), {
    permission: ['customer.read', 'value.read'],
    search: funnelStuckSearch,
  }),
  screen('/segments', () => import('../features/segments/segments.tsx'), {
    permission: 'customer.read',
    search: segmentsSearch,
    links: [link('differentiate', 'nav:segments', IconFilter)],
    actions: [{ label: 'segments:newList', icon: IconPlus, search: { create: 'list' }, permission: 'segment.write' }],
  }),
  screen('/segments/new', () => import('../features/segments/builder/builder.tsx'), {
    permission: ['customer.read', 'segment.write'],
    actions: [{ label: 'segments:new', icon: IconFilter }],
  }),
  screen('/segments/$id', () => import('../features/segments/segment.tsx'), { permission: 'customer.read', search: segmentSearch }),
  screen('/segments/$id/edit', () => import('../features/segments/builder/builder.tsx'), {
    permission: ['customer.read', 'segment.write'],
  }),
  screen('/needs', () => import('../features/needs/needs.tsx'), {
    permission: ['value.read', 'customer.read'],
    links: [link('differentiate', 'nav:needs', IconPuzzle, { under: 'nav:segments' })],
  }),
  screen('/questions', () => import('../features/questions/questions.tsx'), {
    permission: ['query.run', 'value.read'],
    search: questionsSearch,
    links: [link('differentiate', 'nav:questions', IconSql)],
  }),
  screen('/contacts', () => import('../features/contacts/contacts.tsx'), {
    permission: 'customer.read',
    search: contactsSearch,
    links: [link('interact', 'nav:contacts', IconPhone)],
  }),
  screen('/contacts/new', () => import('../features/contacts/new-contact.tsx'), {
    permission: ['customer.read', 'contact.write'],
    search: newContactSearch,
    actions: [
      { label: 'channels:log.newCall', icon: IconPhone, search: { kind: 'call' } },
      { label: 'channels:log.newVisit', icon: IconMapPin, search: { kind: 'visit' } },
    ],
  }),
  screen('/contacts/choices', () => import('../features/contacts/choices.tsx'), { permission: 'customer.read' }),
  screen('/contacts/$id', () => import('../features/contacts/contact.tsx'), { permission: 'customer.read' }),
  screen('/replies', () => import('../features/replies/replies.tsx'), {
    permission: 'customer.read',
    search: repliesSearch,
    links: [link('interact', 'nav:replies', IconTicket)],
    actions: [
      { label: 'channels:replies.passCoupons', icon: IconTicket, search: { begin: 'coupons' }, permission: 'contact.write' },
      { label: 'channels:replies.passForms', icon: IconListDetails, search: { begin: 'forms' }, permission: 'customer.write' },
    ],
  }),
  screen('/replies/batches/$id', () => import('../features/replies/batch.tsx'), { permission: 'customer.read' }),
  screen('/inbox', () => import('../features/inbox/inbox.tsx'), {
    permission: 'customer.read',
    search: inboxSearch,
    links: [link('interact', 'nav:inbox', IconMail, { count: { path: '/letters/counts', of: 'waiting' } })],
  }),
  screen('/inbox/new', () => import('../features/inbox/register.tsx'), {
    permission: ['contact.write', 'customer.read'],
    search: newLetterSearch,
    actions: [{ label: 'channels:post.register', icon: IconPlus }],
  }),
  screen('/inbox/$id', () => import('../features/inbox/letter.tsx'), { permission: 'customer.read' }),
  screen('/mailboxes', () => import('../features/mailboxes/mailboxes.tsx'), {
    permission: 'connection.read',
    partOf: '/inbox',
    search: mailboxesSearch,
    actions: [{ label: 'channels:mailbox.title', icon: IconSettings }],
  }),
  screen('/audit', () => import('../features/audit/audit.tsx'), {
    permission: 'audit.read',
    search: auditSearch,
    links: [link('protect', 'nav:audit', IconHistory)],
  }),
  screen('/people', () => import('../features/people/people.tsx'), {
    permission: 'people.manage',
    links: [link('protect', 'nav:people', IconShield)],
    actions: [{ label: 'people:invite.action', icon: IconUserPlus, search: { invite: 'yes' } }],
  }),
  screen('/api-keys', () => import('../features/api-keys/api-keys.tsx'), {
    permission: 'api_key.manage',
    links: [link('protect', 'nav:apiKeys', IconKey)],
    actions: [{ label: 'people:keys.create', icon: IconPlus, search: { create: 'yes' } }],
  }),
  screen('/jobs', () => import('../features/jobs/jobs.tsx'), {
    permission: 'job.read',
    search: jobsSearch,
    links: [link('work', 'nav:jobs', IconListDetails)],
  }),
  screen('/settings', () => import('../features/settings/settings.tsx'), {
    permission: 'settings.read',
    links: [link('work', 'nav:settings', IconSettings)],
  }),
  screen('/account', () => import('../features/account/account.tsx')),
];

/** Screens for those who have not signed in; they have no frame. */
export const PUBLIC_SCREENS: readonly Screen[] = [
  screen('/sign-in', () => import('../features/sign-in/sign-in.tsx')),
  screen('/two-factor', () => import('../features/sign-in/two-factor.tsx')),
  screen('/forgotten-password', () => import('../features/sign-in/forgotten-password.tsx')),
  screen('/reset-password', () => import('../features/sign-in/reset-password.tsx')),
  screen('/invitation', () => import('../features/sign-in/invitation.tsx')),
  screen('/setup', () => import('../features/sign-in/setup.tsx')),
];
