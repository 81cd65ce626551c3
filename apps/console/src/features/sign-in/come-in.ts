import { useNavigate } from '@tanstack/react-router';
import { refreshMe } from '../../app/session.ts';

/** Only a place of this console: an address with a host would be an open redirect. */
const within = (back: string | undefined): string => (back && /^\/(?!\/|\\)/.test(back) ? back : '/');

/** After signing in: reads who one is and goes where one wanted to be. */
export function useComeIn(): (back?: string) => Promise<void> {
  const navigate = useNavigate();
  return async (back) => {
    await refreshMe();
    await navigate({ href: within(back), replace: true } as never);
  };
}
