// Where the visitor is. What follows the question mark may hold anybody's e-mail: it does not leave, but for the names of campaigns.

const bare = (url: string): string => url.replace(/[?#].*$/, '');

/** The path; with what follows `#/` where an application tells its pages apart by it. */
const path = (): string => location.pathname + (/^#!?\/[^?]*/.exec(location.hash) || [''])[0];

let referrer = document.referrer;

export const pageNow = () => ({
  path: path(),
  url: location.origin + path(),
  title: document.title,
  referrer: bare(referrer),
});

/** utm_source, utm_medium… by the names of the Segment specification. */
export function campaign(): Record<string, string> | undefined {
  const found: Record<string, string> = {};
  location.search
    .slice(1)
    .split('&')
    .forEach((pair) => {
      const [, name, value] = /^utm_(\w+)=(.+)/.exec(pair) || [];
      try {
        if (name && value) found[name === 'campaign' ? 'name' : name] = decodeURIComponent(value.replace(/\+/g, ' '));
      } catch {}
    });
  return Object.keys(found).length ? found : undefined;
}

/** Calls back at every change of page inside an application that draws its own. */
export function followPages(arrived: () => void): void {
  let last = pageNow().url;
  const look = () =>
    // The application sets the title a moment after the address.
    setTimeout(() => {
      const now = pageNow().url;
      if (now === last) return;
      referrer = last;
      last = now;
      arrived();
    }, 50);
  (['pushState', 'replaceState'] as const).forEach((name) => {
    const original = history[name];
    history[name] = function (this: History, ...given) {
      const result = original.apply(this, given);
      look();
      return result;
    };
  });
  addEventListener('popstate', look);
  addEventListener('hashchange', look);
}
