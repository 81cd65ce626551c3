import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useState } from 'react';

interface NumberFieldProps extends Omit<NumberInputProps, 'value' | 'onChange' | 'clampBehavior' | 'allowNegative' | 'min' | 'max'> {
  /** '' where nothing is typed, NaN where what is typed is no number yet. */
  value: number | '';
  onChange: (value: number | '') => void;
}

/**
 * A number to type. Nothing that is typed is swallowed or put right in silence: a sign, or an amount that cannot be, stays where it is
 * for the form to say what is wrong with it.
 */
export function NumberField({ value, onChange, ...rest }: NumberFieldProps) {
  const [typed, setTyped] = useState<string>();
  const kept = typed !== undefined && (Number.isNaN(value) ? Number.isNaN(Number(typed)) : Number(typed) === value);
  return (
    <NumberInput
      hideControls
      clampBehavior="none"
      {...rest}
      value={kept ? typed : value}
      onChange={(next) => {
        setTyped(next === '' ? undefined : String(next));
        onChange(next === '' ? '' : Number(next));
      }}
    />
  );
}
