import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { ScreenError, ScreenMissing, ScreenRefused } from './screen-states.tsx';
import { Frame } from './frame.tsx';
import { PUBLIC_SCREENS, type Screen, SCREENS } from './routes.tsx';
import { loadMe, useCan } from './session.ts';
import { needsSetup } from './setup-state.ts';

const root = createRootRoute({ component: Outlet, notFoundComponent: ScreenMissing });

const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  component: Frame,
  beforeLoad: async ({ location }) => {
    const me = await loadMe();
    if (me) return;
    if (await needsSetup()) throw redirect({ to: '/setup' });
    throw redirect({ to: '/sign-in', search: (location.pathname === '/' ? {} : { back: location.href }) as never });
  },
  errorComponent: ScreenError,
  notFoundComponent: ScreenMissing,
});

/** Filters live in the URL as plain words; a word the screen does not know, or a wrong value, is left out rather than refused. */
function readSearch(schema: Screen['search']) {
  return (words: Record<string, unknown>): Record<string, unknown> => {
    if (!schema) return words;
    const read = schema.safeParse(words);
    if (read.success) return read.data;
    const wrong = new Set(read.error.issues.map((issue) => String(issue.path[0])));
    const rest = schema.safeParse(Object.fromEntries(Object.entries(words).filter(([word]) => !wrong.has(word))));
    return rest.success ? rest.data : {};
  };
}

function routeOf(screen: Screen, parent: typeof root | typeof frame) {
  const Lazy = lazyRouteComponent(screen.load);
  /** Whoever may not see it is told so, with the permission to ask for. */
  function Guarded() {
    const can = useCan();
    return can(screen.permission) ? <Lazy /> : <ScreenRefused permission={screen.permission ?? ''} />;
  }
  return createRoute({
    getParentRoute: () => parent as typeof root,
    path: screen.path,
    validateSearch: readSearch(screen.search),
    component: Object.assign(Guarded, { preload: Lazy.preload }),
    errorComponent: ScreenError,
  });
}

export const router = createRouter({
  routeTree: root.addChildren([
    ...PUBLIC_SCREENS.map((screen) => routeOf(screen, root)),
    frame.addChildren([
      ...SCREENS.map((screen) => routeOf(screen, frame)),
      createRoute({ getParentRoute: () => frame, path: '$', component: ScreenMissing }),
    ]),
  ]),
  defaultPreload: 'intent',
  // Readings are cached by the query client; the router only fetches code.
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (words) => {
    const said = Object.entries(words).filter(([, value]) => value !== undefined && value !== null && value !== '');
    const text = new URLSearchParams(said.map(([word, value]) => [word, String(value)])).toString();
    return text ? `?${text}` : '';
  },
});
