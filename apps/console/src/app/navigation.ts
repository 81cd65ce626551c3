import { useRouterState } from '@tanstack/react-router';
import { type NavGroup, type NavLink, type Screen, SCREENS } from './routes.tsx';
import { useCan } from './session.ts';

export interface RailLink extends NavLink {
  to: string;
  current: boolean;
}

const GROUPS: NavGroup[] = ['start', 'identify', 'differentiate', 'interact', 'personalise', 'protect', 'work'];

/** The links this person may follow, under their headings, in order; a heading without links is left out. */
export function useNavigation(): { group: NavGroup; links: RailLink[] }[] {
  const can = useCan();
  const { pathname, search } = useRouterState({ select: ({ location }) => location });
  const shown = SCREENS.find(({ path, partOf }) => partOf && under(pathname, path))?.partOf ?? pathname;
  const links = SCREENS.filter((screen) => can(screen.permission)).flatMap((screen) =>
    (screen.links ?? []).map(
      (link): RailLink => ({ ...link, to: screen.path, current: isCurrent(screen, link, shown, search as Record<string, unknown>) }),
    ),
  );
  return GROUPS.map((group) => ({ group, links: links.filter((link) => link.group === group) })).filter(({ links }) => links.length > 0);
}

const under = (pathname: string, path: string) => pathname === path || pathname.startsWith(`${path}/`);

/** A link is current on its screen and on those under it that have no link of their own; of two links to one list, the one whose filter is on. */
function isCurrent(screen: Screen, link: NavLink, pathname: string, search: Record<string, unknown>): boolean {
  if (screen.path === '/') return pathname === '/';
  if (!under(pathname, screen.path)) return false;
  // Nearer screens come first: /value/profit is its own, not a part of /value.
  if (SCREENS.some(({ path, links }) => links && path.length > screen.path.length && under(pathname, path))) return false;
  const filtered = (one: NavLink) =>
    one.search !== undefined && Object.entries(one.search).every(([word, value]) => search[word] === value);
  const closest = screen.links!.find(filtered) ?? screen.links!.find((one) => !one.search);
  return closest === link;
}

/** The links of a heading as they stand in the rail: those under another with it. One whose parent may not be opened stands alone. */
export function nested(links: readonly RailLink[]): { link: RailLink; children: RailLink[] }[] {
  const labels = new Set(links.map(({ label }) => label));
  const tops = links.filter(({ under: parent }) => parent === undefined || !labels.has(parent));
  return tops.map((link) => ({ link, children: links.filter(({ under: parent }) => parent === link.label) }));
}
