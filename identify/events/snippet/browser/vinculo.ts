// Vínculo in a web page: the calls of analytics.js, the visitor's consent, and who they are if they want to be recognised.
// It throws nothing into the page, whatever it is given.
import { allowed, type Choice, choice, choose } from './consent.ts';
import { device, forgetDevice, knownDevice, newId, signIn, user } from './device.ts';
import { campaign, followPages, pageNow } from './page.ts';
import { createQueue } from './queue.ts';
import { type Profile, recognise } from './recognise.ts';
import { readSettings, type Settings } from './settings.ts';

type Fields = Record<string, unknown>;
type Call = [name: string, ...given: unknown[]];
interface Api extends Array<Call> {
  initialized?: boolean;
  [name: string]: unknown;
}

/** Calls wait in this page until the visitor chooses; so many at most. */
const MOST_HELD = 100;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const text = (value: unknown): string | undefined => (typeof value === 'string' || typeof value === 'number' ? `${value}` : undefined);
const fieldsOf = (given: unknown[]): Fields[] => given.filter(isFields);

function start(settings: Settings, api: Api): void {
  const queue = createQueue(settings);
  const listeners: ((profile: Profile) => void)[] = [];
  let held: (() => void)[] = [];
  let profile: Profile | undefined;
  let asked = 0;

  /** Does it now if the visitor allows it, later if they have not said, and never if they refuse. */
  function whenAllowed(act: () => void): void {
    const may = allowed(settings);
    if (may) act();
    else if (may === undefined && held.length < MOST_HELD) held.push(act);
  }

  /** The time and the place are those of the call; who it is, is decided when it may be told. */
  function tell(type: string, fields: Fields, options: Fields = {}, before?: () => void): void {
    const context: Fields = {
      library: { name: 'vinculo.js', version: '1' },
      page: pageNow(),
      locale: navigator.language,
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      campaign: campaign(),
      ...(isFields(options.context) && options.context),
    };
    const messageId = text(options.messageId) || newId();
    const timestamp = options.timestamp || new Date().toISOString();
    whenAllowed(() => {
      if (before) before();
      queue.add(messageId, {
        type,
        messageId,
        timestamp,
        anonymousId: device(),
        userId: user(),
        ...fields,
        context: { ...context, consent: consented() },
      });
    });
  }

  const consented = () => {
    const categoryPreferences = choice();
    return categoryPreferences && { categoryPreferences };
  };

  async function meet(): Promise<void> {
    if (!listeners.length) return;
    const mine = ++asked;
    const found = await recognise(settings);
    // They signed out, or changed their mind, while the answer was on its way.
    if (mine !== asked || JSON.stringify(profile) === JSON.stringify(found)) return;
    profile = found;
    listeners.forEach((listener) => safely(() => listener(found)));
  }

  const calls: Record<string, (...given: unknown[]) => unknown> = {
    identify(...given) {
      const id = text(given[0]);
      const [traits = {}, options] = fieldsOf(given);
      tell('identify', { traits, ...(id && { userId: id }) }, options, () => id && signIn(id));
    },
    track(event, ...given) {
      const [properties = {}, options] = fieldsOf(given);
      if (text(event)) tell('track', { event: text(event), properties }, options);
    },
    page(...given) {
      const names = given.filter((one) => typeof one === 'string');
      const [properties = {}, options] = fieldsOf(given);
      // page(name) or page(category, name).
      const name = names[names.length - 1];
      tell('page', { name, category: names.length > 1 ? names[0] : undefined, properties: { ...pageNow(), ...properties } }, options);
    },
    group(id, ...given) {
      const [traits = {}, options] = fieldsOf(given);
      if (text(id)) tell('group', { groupId: text(id), traits }, options);
    },
    alias(to, from, ...given) {
      const [options] = fieldsOf(given);
      whenAllowed(() => tell('alias', { userId: text(to), previousId: text(from) || user() || device() }, options));
    },
    /** Signed out: whoever comes next is somebody else until they say who. */
    reset() {
      whenAllowed(forgetDevice);
      void meet();
    },
    /** Without an argument it says what the visitor chose: null until they do. */
    consent(wish) {
      if (!isFields(wish)) return choice() || null;
      const before = allowed(settings);
      const chosenBefore = JSON.stringify(choice());
      const known = user();
      const chosen: Choice = choose(wish);
      const may = allowed(settings);
      if (may === false) {
        held = [];
        queue.clear();
        forgetDevice();
      }
      if (may) held.splice(0).forEach((act) => act());
      // The server keeps what people allow as it keeps any consent: with its proof. A refusal is the last thing told.
      if (before && known && JSON.stringify(chosen) !== chosenBefore) {
        const messageId = newId();
        const context = { library: { name: 'vinculo.js' }, consent: { categoryPreferences: chosen } };
        const timestamp = new Date().toISOString();
        queue.add(messageId, { type: 'identify', messageId, timestamp, userId: known, traits: {}, context }, may);
        queue.flush();
      }
      void meet();
      return chosen;
    },
    /** Called with who the visitor is: as soon as that is known, and again when it changes. */
    ready(listener) {
      if (typeof listener !== 'function') return;
      listeners.push(listener as (profile: Profile) => void);
      if (profile) safely(() => listener(profile));
      else if (listeners.length === 1) void meet();
    },
    /** For a server that tells events of the same visitor: its id, or null where it has none. */
    anonymousId: () => knownDevice() || null,
  };

  if (allowed(settings) !== true) queue.clear();
  const earlier = api.splice(0);
  Object.keys(calls).forEach((name) => {
    api[name] = (...given: unknown[]) =>
      safely(() => {
        // Segment's own snippet adds where a call was made to those it keeps; we know it.
        const result = calls[name]!(...given.filter((one) => !(isFields(one) && one['__t'] === 'bpc')));
        const done = given[given.length - 1];
        if (typeof done === 'function' && name !== 'ready') safely(() => done());
        return name === 'consent' || name === 'anonymousId' ? result : Promise.resolve();
      });
  });
  const run = (call: Call) =>
    safely(() => {
      const [name, ...given] = call;
      if (calls[name]) (api[name] as (...given: unknown[]) => void)(...given);
    });
  api.push = run as unknown as Api['push'];
  earlier.forEach(run);
  if (settings.pages) {
    if (!earlier.some(([name]) => name === 'page')) calls.page!();
    followPages(() => safely(() => calls.page!()));
  }
}

function safely<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    console.warn('Vínculo:', error);
    return undefined;
  }
}

/** A page that is drawn before anybody asked for it is no visit until somebody does. */
function whenSeen(act: () => void): void {
  if ((document as Document & { prerendering?: boolean }).prerendering)
    document.addEventListener('prerenderingchange', act, { once: true });
  else act();
}

safely(() => {
  const settings = readSettings();
  if (!settings) return console.warn('Vínculo: the script tag has no data-write-key.');
  const space = window as unknown as Record<string, Api>;
  const api = (space[settings.name] = space[settings.name] || ([] as unknown as Api));
  if (api.initialized) return undefined;
  api.initialized = true;
  return whenSeen(() => safely(() => start(settings, api)));
});
