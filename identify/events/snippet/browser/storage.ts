// What is kept in the visitor's browser, for this site alone: localStorage, and a cookie where subdomains must share it.

/** 13 months, the longest that authorities accept for an id. */
export const LONGEST_MS = 395 * 86_400_000;

/** What the browser would not keep, because it is full or may not: for this page only. */
const here: Record<string, string> = {};

function local(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

export function read(key: string): string | undefined {
  const kept = local()?.getItem(key);
  return kept == null ? here[key] : kept;
}

export function write(key: string, value: string): void {
  try {
    local()!.setItem(key, value);
    delete here[key];
  } catch {
    here[key] = value;
  }
}

export function remove(key: string): void {
  delete here[key];
  local()?.removeItem(key);
}

/** Every key that begins so, of this page and of those before it. */
export const keysOf = (prefix: string): string[] => Object.keys({ ...local(), ...here }).filter((key) => key.indexOf(prefix) === 0);

let domain: string | undefined;

/** `;domain=example.com` on `www.example.com`: the widest that the browser lets us set a cookie for. */
function widestDomain(): string {
  const parts = location.hostname.split('.');
  for (let from = parts.length - 2; domain === undefined && from >= 0; from--) {
    const wish = `;domain=${parts.slice(from).join('.')}`;
    document.cookie = `vinculo_try=1;path=/${wish}`;
    if (/vinculo_try=1/.test(document.cookie)) {
      document.cookie = `vinculo_try=;path=/;max-age=0${wish}`;
      domain = wish;
    }
  }
  return (domain = domain || '');
}

function setCookie(key: string, value: string, forMs: number): void {
  try {
    const secure = location.protocol === 'https:' ? ';secure' : '';
    document.cookie = `${key}=${encodeURIComponent(value)};path=/;max-age=${Math.floor(forMs / 1000)};samesite=lax${secure}${widestDomain()}`;
  } catch {
    // A page in a sandbox has no cookies.
  }
}

function cookie(key: string): string | undefined {
  try {
    const found = new RegExp(`(?:^|; )${key}=([^;]*)`).exec(document.cookie);
    return found && found[1] ? decodeURIComponent(found[1]) : undefined;
  } catch {
    return undefined;
  }
}

/** As {@link read}, or what a page of another subdomain left. */
export const readShared = (key: string): string | undefined => read(key) || cookie(key);

export function writeShared(key: string, value: string, forMs = LONGEST_MS): void {
  write(key, value);
  setCookie(key, value, forMs);
}

export function removeShared(key: string): void {
  remove(key);
  setCookie(key, '', 0);
  // Analytics.js may have left it for this host alone.
  if (cookie(key)) document.cookie = `${key}=;path=/;max-age=0`;
}
