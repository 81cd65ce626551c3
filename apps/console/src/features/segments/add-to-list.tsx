import type { SearchHit } from '@vinculo/customer-file/api/customers';
import type { ListChanged } from '@vinculo/segments/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, useSend } from '../../api/queries.ts';
import { Alert, Box, Button, FileInput, Group, Modal, MultiSelect, Stack, Text, Textarea, useDebouncedValue } from '../../ui/kit.ts';
import type { Seg } from './segment.tsx';

type Changed = z.infer<typeof ListChanged>;

/** Customers onto a list: found one by one, pasted, or out of a file. What nobody is known by is shown, not lost. */
export function AddToList({ segment, onClose }: { segment: Seg; onClose: () => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const [customers, setCustomers] = useState<string[]>([]);
  const [text, setText] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [names] = useState(() => new Map<string, string>());
  const { data } = useGet<{ hits: z.infer<typeof SearchHit>[] }>(
    '/customers/search',
    { q: search, limit: 8 },
    { enabled: search !== '', keep: true },
  );
  for (const { id, name, detail } of data?.hits ?? []) names.set(id, detail ? `${name} · ${detail}` : name);
  const [result, setResult] = useState<Changed>();
  const add = useSend<string, Changed>(
    (lines) => ({ path: `/segments/${segment.id}/entries`, body: { customers, ...(lines.trim() === '' ? {} : { text: lines }) } }),
    { refreshes: ['/segments'], onDone: setResult },
  );
  const send = async () => add.mutate([text, file ? await file.text() : ''].join('\n'));
  const options = [...new Set([...customers, ...(search ? (data?.hits ?? []).map(({ id }) => id) : [])])];
  return (
    <Modal opened onClose={onClose} title={t('segments:add.title')} closeButtonProps={{ 'aria-label': t('common:close') }} size="lg">
      {result ? (
        <Result result={result} onClose={onClose} />
      ) : (
        <Stack gap="md">
          <MultiSelect
            label={t('segments:add.find')}
            data={options.map((id) => ({ value: id, label: names.get(id) ?? id }))}
            value={customers}
            onChange={(next) => {
              setCustomers(next);
              setTyped('');
            }}
            searchable
            searchValue={typed}
            onSearchChange={setTyped}
            filter={({ options: all }) => all}
            lookedUp
            hidePickedOptions
            data-autofocus
          />
          <Textarea
            label={t('segments:add.paste')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            minRows={4}
            autosize
            maxRows={10}
          />
          <FileInput label={t('segments:add.file')} accept=".csv,.txt,text/csv,text/plain" value={file} onChange={setFile} clearable />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button loading={add.isPending} disabled={customers.length === 0 && text.trim() === '' && !file} onClick={() => void send()}>
              {t('segments:add.go')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function Result({ result, onClose }: { result: Changed; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <Text size="sm" role="status">
        {t('segments:add.added', { count: result.added })}
        {result.already > 0 && ` · ${t('segments:add.already', { count: result.already })}`}
        {result.unknownCount > 0 && ` · ${t('segments:add.notFound', { count: result.unknownCount })}`}
      </Text>
      <Lines title={t('segments:add.unknown')} lines={result.unknown} />
      <Lines title={t('segments:add.ambiguous')} lines={result.ambiguous} />
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          {t('common:close')}
        </Button>
      </Group>
    </Stack>
  );
}

function Lines({ title, lines }: { title: string; lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <Alert variant="light" title={title}>
      <Box component="pre" m={0} fz={12} style={{ maxHeight: 160, overflow: 'auto' }} tabIndex={0} role="region" aria-label={title}>
        {lines.join('\n')}
      </Box>
    </Alert>
  );
}
