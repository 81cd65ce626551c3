import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { ScreenError, ScreenMissing, ScreenRefused } from './screen-states.tsx';
import { Frame } from './frame.tsx';
import { readWords, writeWords, wordsOf } from './url-words.ts';
import { PUBLIC_SCREENS, type Screen, SCREENS } from './routes.tsx';
import { loadMe, useCan } from './session.ts';
import { needsSetup } from './setup-state.ts';

const root = createRootRoute({ component: Outlet, notFoundComponent: () => <ScreenMissing /> });

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
  notFoundComponent: () => <ScreenMissing />,
});

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
    validateSearch: readWords(screen.search),
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
  parseSearch: wordsOf,
  stringifySearch: writeWords,
});
