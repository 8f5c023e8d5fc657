import '@fontsource-variable/inter';
import './styles/index.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { watchRequests } from './api/client.ts';
import { applyTheme } from './i18n/preference-store.ts';
import { currentLanguage, loadSpeech, SpeechProvider } from './i18n/texts.tsx';
import { setConnection } from './live/connection.ts';
import { createClient } from './query-client.ts';
import { router } from './router.tsx';
import { Toasts } from './ui/toast.tsx';

applyTheme();
const client = createClient();
watchRequests({
  loggedOut: () => void client.invalidateQueries({ queryKey: ['session'] }),
  reach: (reached) => setConnection(reached ? 'open' : 'lost'),
});

const root = createRoot(document.getElementById('root')!);
loadSpeech(currentLanguage()).then((speech) =>
  root.render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <SpeechProvider first={speech}>
          <RouterProvider router={router} />
          <Toasts />
        </SpeechProvider>
      </QueryClientProvider>
    </StrictMode>,
  ),
);
