import { Button, type ButtonProps } from '@mantine/core';
import { Link as RouterLink } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Target } from './link.tsx';

/** A link that looks like a button: the one thing to do on an empty screen, the way to another. */
export function LinkButton({ to, params, search, ...rest }: Target & ButtonProps & { children?: ReactNode }) {
  const target = { to, params, search: search ?? {} } as object;
  return <Button renderRoot={(props) => <RouterLink {...target} {...props} />} {...rest} />;
}
