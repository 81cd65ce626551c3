import { useFormat } from './format.ts';

interface ShareBarProps {
  /** 0…1. */
  share: number;
  color?: string;
  /** Digits after the comma of the percentage. */
  digits?: number;
}

/** A share as its number and a bar as long. */
export function ShareBar({ share, color = 'var(--v-accent)', digits }: ShareBarProps) {
  const format = useFormat();
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 8, justifyContent: 'flex-end', width: '100%' }}>
      <span
        aria-hidden
        style={{ flex: '0 1 96px', minWidth: 24, height: 6, borderRadius: 3, background: 'var(--v-line)', overflow: 'hidden' }}
      >
        <span style={{ display: 'block', height: '100%', width: `${Math.max(0, Math.min(1, share)) * 100}%`, background: color }} />
      </span>
      <span style={{ minWidth: 44, textAlign: 'end' }}>{format.percent(share, digits)}</span>
    </span>
  );
}
