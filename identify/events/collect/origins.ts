/**
 * Whether a page may use a key. Whoever names no origin is no page: servers and tills need the key and nothing else.
 *
 * @param allowed - origins as keys have them, with `*.` for all subdomains; none: any.
 * @param origin - the Origin header; `null` of a page without an origin, such as a file, is none of a list.
 */
export function originAllowed(allowed: readonly string[], origin: string | undefined): boolean {
  if (origin === undefined || allowed.length === 0) return true;
  const asked = origin.toLowerCase();
  return allowed.some((one) => {
    const star = one.indexOf('*.');
    if (star === -1) return one === asked;
    return asked.startsWith(one.slice(0, star)) && asked.endsWith(one.slice(star + 1)) && asked.length > one.length;
  });
}
