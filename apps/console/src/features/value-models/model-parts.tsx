import type { AccountFacts } from '@vinculo/insight/api/value-models';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { IconPlus, IconTrash } from '../../ui/icons.ts';
import {
  ActionIcon,
  Autocomplete,
  Button,
  Group,
  Paper,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
  Textarea,
  Tooltip,
} from '../../ui/kit.ts';
import { NumberField } from '../../ui/number-field.tsx';
import { FormulaInput } from './formula-input.tsx';
import { isMeasure, type Model, nameFor, type Part, type Problem, withItem } from './model-draft.ts';

interface PartProps {
  model: Model;
  problems: readonly Problem[];
  /** What the server does not take, by field: `variables.0.name`. */
  fields: Readonly<Record<string, string>>;
  readOnly: boolean;
  onChange: (model: Model) => void;
}

const problemOf = (problems: readonly Problem[], part: Part, index: number) =>
  problems.find((one) => one.part === part && one.index === index);

function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        <IconTrash size={16} />
      </ActionIcon>
    </Tooltip>
  );
}

function Add({ children, onClick }: { children: string; onClick: () => void }) {
  return (
    <Button size="xs" variant="subtle" px={0} style={{ alignSelf: 'flex-start' }} leftSection={<IconPlus size={14} />} onClick={onClick}>
      {children}
    </Button>
  );
}

const namesOf = (model: Model) => [...model.variables, ...model.parameters].map(({ name }) => name);

/** Which measures the formulas read, and how the rows of a month become one number. */
export function Variables({
  model,
  problems,
  fields,
  readOnly,
  onChange,
  facts,
}: PartProps & { facts: z.infer<typeof AccountFacts> | undefined }) {
  const { t } = useTranslation();
  const put = (n: number, item: Model['variables'][number] | undefined) => onChange(withItem(model, 'variables', n, item));
  return (
    <Stack gap="sm">
      {model.variables.map((variable, n) => (
        <Group key={n} gap="xs" align="flex-end">
          <TextInput
            label={t('models:name')}
            w={150}
            value={variable.name}
            readOnly={readOnly}
            error={
              (fields[`variables.${n}.name`] && t('models:nameForm')) ??
              (problemOf(problems, 'variables', n) && t('models:problem.repeated', { text: variable.name }))
            }
            onChange={({ currentTarget }) => put(n, { ...variable, name: currentTarget.value.toLowerCase() })}
          />
          <TextInput
            label={t('models:label')}
            style={{ flex: '1 1 180px' }}
            value={variable.label}
            readOnly={readOnly}
            error={fields[`variables.${n}.label`]}
            onChange={({ currentTarget }) => put(n, { ...variable, label: currentTarget.value })}
          />
          <Autocomplete
            label={t('models:variables.measure')}
            w={170}
            value={variable.measure}
            readOnly={readOnly}
            error={fields[`variables.${n}.measure`]}
            data={facts?.measures.map(({ measure }) => measure) ?? []}
            onChange={(measure) => put(n, { ...variable, measure })}
          />
          <Select
            label={t('models:variables.combine')}
            w={150}
            allowDeselect={false}
            value={variable.combine}
            readOnly={readOnly}
            data={(['sum', 'average', 'last', 'highest'] as const).map((value) => ({ value, label: t(`models:combine.${value}`) }))}
            onChange={(combine) => put(n, { ...variable, combine: combine as typeof variable.combine })}
          />
          {!readOnly && <Remove label={t('models:remove', { name: variable.label })} onClick={() => put(n, undefined)} />}
          {facts && variable.measure.trim() !== '' && !isMeasure(facts, variable.measure) && (
            <Text size="xs" c="var(--v-worse)" role="status" w="100%">
              {t('models:variables.unknown', { measure: variable.measure.trim() })}
            </Text>
          )}
        </Group>
      ))}
      {!readOnly && (
        <Add
          onClick={() => {
            const next = facts?.measures.find(({ measure }) => !model.variables.some((one) => one.measure === measure))?.measure ?? '';
            const label = next || t('models:new.variable');
            put(model.variables.length, {
              name: nameFor(label, namesOf(model)),
              label,
              measure: next || label.toLowerCase(),
              combine: 'sum',
            });
          }}
        >
          {t('models:variables.add')}
        </Add>
      )}
    </Stack>
  );
}

/** Prices and rates that the formulas use by name. */
export function Parameters({ model, problems, fields, readOnly, onChange }: PartProps) {
  const { t } = useTranslation();
  const put = (n: number, item: Model['parameters'][number] | undefined) => onChange(withItem(model, 'parameters', n, item));
  return (
    <Stack gap="sm">
      {model.parameters.map((parameter, n) => (
        <Group key={n} gap="xs" align="flex-end">
          <TextInput
            label={t('models:name')}
            w={150}
            value={parameter.name}
            readOnly={readOnly}
            error={
              (fields[`parameters.${n}.name`] && t('models:nameForm')) ??
              (problemOf(problems, 'parameters', n) && t('models:problem.repeated', { text: parameter.name }))
            }
            onChange={({ currentTarget }) => put(n, { ...parameter, name: currentTarget.value.toLowerCase() })}
          />
          <TextInput
            label={t('models:label')}
            style={{ flex: '1 1 180px' }}
            value={parameter.label}
            readOnly={readOnly}
            error={fields[`parameters.${n}.label`]}
            onChange={({ currentTarget }) => put(n, { ...parameter, label: currentTarget.value })}
          />
          <NumberField
            label={t('models:parameters.value')}
            w={130}
            value={parameter.value}
            readOnly={readOnly}
            decimalScale={8}
            error={fields[`parameters.${n}.value`] && t('models:parameters.number')}
            onChange={(value) => put(n, { ...parameter, value: value === '' ? Number.NaN : value })}
          />
          {!readOnly && <Remove label={t('models:remove', { name: parameter.label })} onClick={() => put(n, undefined)} />}
        </Group>
      ))}
      {!readOnly && (
        <Add
          onClick={() => {
            const label = t('models:new.parameter');
            put(model.parameters.length, { name: nameFor(label, namesOf(model)), label, value: 0 });
          }}
        >
          {t('models:parameters.add')}
        </Add>
      )}
    </Stack>
  );
}

/** What comes in and goes out, each with its formula by contract and month. */
export function Terms({ model, problems, fields, readOnly, onChange }: PartProps) {
  const { t } = useTranslation();
  const put = (n: number, item: Model['terms'][number] | undefined) => onChange(withItem(model, 'terms', n, item));
  return (
    <Stack gap="md">
      {model.terms.map((term, n) => {
        const problem = problemOf(problems, 'terms', n);
        return (
          <Paper key={n} withBorder p="sm" component="section" aria-label={term.label}>
            <Stack gap="xs">
              <Group gap="xs" align="flex-end">
                <TextInput
                  label={t('models:label')}
                  style={{ flex: '1 1 200px' }}
                  value={term.label}
                  readOnly={readOnly}
                  error={
                    fields[`terms.${n}.label`] ?? (problem?.problem === 'repeated' && t('models:problem.repeated', { text: term.name }))
                  }
                  onChange={({ currentTarget }) => put(n, { ...term, label: currentTarget.value })}
                />
                <SegmentedControl
                  size="xs"
                  aria-label={t('models:terms.side')}
                  readOnly={readOnly}
                  value={term.side}
                  data={(['income', 'cost'] as const).map((value) => ({ value, label: t(`models:side.${value}`) }))}
                  onChange={(side) => put(n, { ...term, side: side as typeof term.side })}
                />
                {!readOnly && model.terms.length > 1 && (
                  <Remove label={t('models:remove', { name: term.label })} onClick={() => put(n, undefined)} />
                )}
              </Group>
              <FormulaInput
                label={t('models:terms.formula')}
                value={term.formula}
                refused={fields[`terms.${n}.formula`]}
                problem={problem && problem.problem !== 'repeated' ? problem : undefined}
                readOnly={readOnly}
                onChange={(formula) => put(n, { ...term, formula })}
              />
              <Textarea
                label={t('models:terms.explanation')}
                autosize
                minRows={1}
                value={term.explanation}
                readOnly={readOnly}
                error={fields[`terms.${n}.explanation`]}
                onChange={({ currentTarget }) => put(n, { ...term, explanation: currentTarget.value })}
              />
            </Stack>
          </Paper>
        );
      })}
      {!readOnly && (
        <Add
          onClick={() => {
            const label = t('models:new.term');
            const name = nameFor(
              label,
              model.terms.map((one) => one.name),
            );
            put(model.terms.length, { name, label, side: 'income', formula: '0', explanation: '' });
          }}
        >
          {t('models:terms.add')}
        </Add>
      )}
    </Stack>
  );
}
