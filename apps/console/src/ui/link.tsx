import { Anchor, type AnchorProps } from '@mantine/core';
import { Link as AnyLink, useNavigate } from '@tanstack/react-router';
import { type ComponentType, type CSSProperties, type MouseEventHandler, type ReactNode, useCallback } from 'react';

export interface Target {
  /** A path of `src/app/routes.tsx`: `/customers/$id`. */
  to: string;
  params?: Record<string, string> | undefined;
  search?: Record<string, string | number | undefined> | undefined;
}

/** The list of screens is data, so its paths are not types; a test looks for links that lead nowhere. */
export const RouterLink = AnyLink as unknown as ComponentType<Record<string, unknown>>;

interface LinkProps extends Target, AnchorProps {
  children?: ReactNode;
  /** Without the look of a link: a whole card, a row, a big number. */
  plain?: boolean;
  style?: CSSProperties;
  className?: string;
  title?: string;
  onClick?: MouseEventHandler<HTMLAnchorElement>;
  'aria-label'?: string;
  'aria-current'?: 'page' | undefined;
}

/**
 * Goes to a screen without a link, after something was done: `const go = useGo(); void go({ to: '/jobs' })`.
 * `saved`: nothing typed here is lost by leaving, so nobody asks.
 */
export function useGo(): (target: Target, options?: { replace?: boolean; saved?: boolean }) => Promise<void> {
  const navigate = useNavigate() as (target: Target & { replace: boolean; ignoreBlocker: boolean }) => Promise<void>;
  return useCallback(
    ({ search = {}, ...target }, { replace = false, saved = false } = {}) => navigate({ ...target, search, replace, ignoreBlocker: saved }),
    [navigate],
  );
}

/** The router marks a link as current by itself: only where it leads to this very screen, not to one above it. */
const EXACT = { exact: true };

/** A link to a screen of the console. */
export function Link({ to, params, search, plain, ...rest }: LinkProps) {
  const target = { to, params, search: search ?? {}, activeOptions: EXACT };
  // A class brings its own colours, which a style would outdo.
  if (plain)
    return (
      <RouterLink
        {...target}
        {...rest}
        style={{ ...(rest.className ? {} : { color: 'inherit' }), textDecoration: 'none', ...rest.style }}
      />
    );
  return <Anchor renderRoot={(props) => <RouterLink {...target} {...props} />} {...rest} />;
}
