import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import { Button, Group as Row, Stack, TextInput } from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';
import type { Group } from './needs-words.ts';

/** The name of a group, changed where it stands. */
export function EditName({ group, onOver }: { group: Group; onOver: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(group.name);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const save = useSend<string | null>((wanted) => ({ method: 'PATCH', path: `/needs-groups/${group.id}`, body: { name: wanted } }), {
    refreshes: ['/needs-groups', '/customers'],
    onDone: (_, wanted) => {
      tell(t('needs:rename.done', { name: wanted ?? group.proposedName }));
      onOver();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === group.name) onOver();
    else if (name.trim()) save.mutate(name.trim());
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <TextInput
          label={t('needs:rename.label')}
          value={name}
          maxLength={80}
          ref={input}
          onKeyDown={({ key }) => key === 'Escape' && onOver()}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Row gap="xs">
          <Button type="submit" size="xs" loading={save.isPending} disabled={!name.trim()}>
            {t('needs:rename.save')}
          </Button>
          <Button size="xs" variant="default" onClick={onOver}>
            {t('common:cancel')}
          </Button>
          {group.renamed && (
            <Button size="xs" variant="subtle" onClick={() => save.mutate(null)}>
              {t('needs:rename.reset', { name: group.proposedName })}
            </Button>
          )}
        </Row>
      </Stack>
    </form>
  );
}
