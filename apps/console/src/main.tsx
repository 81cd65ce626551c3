import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { onSessionEnded } from './api/client.ts';
import { queryClient } from './api/queries.ts';
import { preferredLanguage, startLanguage } from './app/language.ts';
import { router } from './app/router.tsx';
import { UiProvider } from './ui/ui-provider.tsx';

await startLanguage(preferredLanguage());

onSessionEnded(() => {
  queryClient.removeQueries({ queryKey: ['/me'] });
  void router.invalidate();
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
