import { useTranslation } from 'react-i18next';
import { SimpleGrid, Stack, Text, Title, UnstyledButton } from '../../../ui/kit.ts';
import { ruleSentence, type Words } from '../sentence.ts';
import classes from './builder.module.css';
import { type Idea, ideasOf } from './ideas.ts';

/** What to begin with, while there is no condition. */
export function IdeaList({ words, onPick }: { words: Words; onPick: (idea: Idea, title: string) => void }) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" component="section" aria-labelledby="ideas">
      <Title order={3} id="ideas">
        {t('segments:ideas')}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        {ideasOf(words.catalogue).map((idea) => {
          const title = t(`segments:idea.${idea.name}`);
          return (
            <UnstyledButton key={idea.name} className={classes.idea!} onClick={() => onPick(idea, title)}>
              <Text size="sm" fw={600}>
                {title}
              </Text>
              <Text size="xs" c="dimmed">
                {ruleSentence(idea.rule, words)}
              </Text>
            </UnstyledButton>
          );
        })}
      </SimpleGrid>
    </Stack>
  );
}
