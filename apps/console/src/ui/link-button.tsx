import { Button, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { RouterLink, type Target } from './link.tsx';

/** A link that looks like a button: the one thing to do on an empty screen, the way to another. */
export function LinkButton({ to, params, search, ...rest }: Target & ButtonProps & { children?: ReactNode }) {
  const target = { to, params, search: search ?? {} };
  return <Button renderRoot={(props) => <RouterLink {...target} {...props} />} {...rest} />;
}
