import { useTranslation } from 'react-i18next';
import { Box, Code, Text, Textarea } from '../../ui/kit.ts';
import type { Problem } from './model-draft.ts';

interface FormulaInputProps {
  label: string;
  value: string;
  problem: Problem | undefined;
  /** What the server does not take at all, such as a text that is too long. */
  refused: string | undefined;
  readOnly: boolean;
  onChange: (formula: string) => void;
}

/** A formula, with what is wrong under it and marked where it stands. */
export function FormulaInput({ label, value, problem, refused, readOnly, onChange }: FormulaInputProps) {
  const { t } = useTranslation();
  const placed = problem && problem.from !== null && problem.to !== null;
  return (
    <Box>
      <Textarea
        label={label}
        value={value}
        readOnly={readOnly}
        autosize
        minRows={1}
        maxRows={6}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        error={refused ?? (problem && t(`models:problem.${problem.problem}`, { text: problem.text }))}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {placed && value !== '' && (
        <Code block mt={4} aria-hidden style={{ whiteSpace: 'pre-wrap' }}>
          {value.slice(0, problem.from!)}
          <Text span inherit fw={700} c="var(--v-worse)" style={{ textDecoration: 'underline wavy' }}>
            {value.slice(problem.from!, problem.to!) || '▁'}
          </Text>
          {value.slice(Math.max(problem.from!, problem.to!))}
        </Code>
      )}
    </Box>
  );
}
