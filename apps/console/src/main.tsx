import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { onSessionEnded } from './api/client.ts';
import { queryClient } from './api/queries.ts';
import { preferredLanguage, startLanguage } from './app/language.ts';
import { router } from './app/router.tsx';
import { PUBLIC_SCREENS } from './app/routes.tsx';
import { forgetSession } from './app/session.ts';
import { UiProvider } from './ui/ui-provider.tsx';

await startLanguage(preferredLanguage());

// Left in this order: a frame without a person has nothing to draw.
onSessionEnded(async () => {
  const { pathname, href } = router.state.location;
  if (PUBLIC_SCREENS.some(({ path }) => path === pathname)) return;
  await router.navigate({ to: '/sign-in', search: { back: href } } as never);
  forgetSession();
});

// After an upgrade of the server the screens of the old console are gone: take the new one, once.
addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('vinculo.reloaded') ?? 0);
  if (Date.now() - last < 10_000) return;
  sessionStorage.setItem('vinculo.reloaded', String(Date.now()));
  event.preventDefault();
  location.reload();
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <UiProvider>
        <RouterProvider router={router} />
      </UiProvider>
    </QueryClientProvider>
  </StrictMode>,
);
