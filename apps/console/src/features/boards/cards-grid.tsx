import { closestCenter, DndContext, type DragEndEvent, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import { arrayMove, rectSortingStrategy, SortableContext, sortableKeyboardCoordinates, useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Definition } from '../../ui/definition.tsx';
import { IconCopy, IconDots, IconEdit, IconGripVertical, IconTrash } from '../../ui/icons.ts';
import { ActionIcon, Menu, Text } from '../../ui/kit.ts';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import classes from './boards.module.css';
import { CardBody, type Pressed } from './card-body.tsx';
import type { CardView, Result } from './use-boards.ts';

const WIDTHS = [3, 4, 6, 8, 12] as const;

interface GridProps {
  cards: CardView[];
  results: Result[] | undefined;
  /** What is shown is of the filters before. */
  stale: boolean;
  arranging: boolean;
  onCards: (cards: CardView[]) => void;
  onEdit: (card: CardView) => void;
  onRemove: (card: CardView, title: string) => void;
  onPress: (card: CardView, pressed: Pressed) => void;
}

/** The cards in their order; while arranging, by mouse, finger or keyboard. */
export function CardsGrid({ cards, results, stale, arranging, onCards, onEdit, onRemove, onPress }: GridProps) {
  const { t } = useTranslation();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const find = (id: unknown) => cards.findIndex((card) => card.id === id);
  const titleOf = (id: unknown) => results?.find(({ cardId }) => cardId === id)?.title ?? '';
  const place = (id: unknown) => ({ title: titleOf(id), place: find(id) + 1, count: cards.length });
  const end = ({ active, over }: DragEndEvent) => {
    if (over && active.id !== over.id) onCards(arrayMove(cards, find(active.id), find(over.id)));
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={end}
      accessibility={{
        announcements: {
          onDragStart: ({ active }) => t('boards:picked', { title: titleOf(active.id) }),
          onDragOver: ({ active, over }) => (over ? t('boards:moved', { ...place(over.id), title: titleOf(active.id) }) : undefined),
          onDragEnd: ({ active, over }) => (over ? t('boards:dropped', { ...place(over.id), title: titleOf(active.id) }) : undefined),
          onDragCancel: ({ active }) => t('boards:notMoved', { title: titleOf(active.id) }),
        },
        screenReaderInstructions: { draggable: t('boards:arranging') },
      }}
    >
      <SortableContext items={cards} strategy={rectSortingStrategy} disabled={!arranging}>
        {cards.map((card) => (
          <Slot
            key={card.id}
            card={card}
            result={results?.find(({ cardId }) => cardId === card.id)}
            stale={stale}
            arranging={arranging}
            onEdit={() => onEdit(card)}
            onRemove={(title) => onRemove(card, title)}
            onDuplicate={() => onCards(cards.toSpliced(find(card.id) + 1, 0, { ...card, id: crypto.randomUUID() }))}
            onWidth={(width) => onCards(cards.map((one) => (one.id === card.id ? { ...one, width } : one)))}
            onPress={(pressed) => onPress(card, pressed)}
          />
        ))}
      </SortableContext>
    </DndContext>
  );
}

interface SlotProps {
  card: CardView;
  result: Result | undefined;
  stale: boolean;
  arranging: boolean;
  onEdit: () => void;
  onRemove: (title: string) => void;
  onDuplicate: () => void;
  onWidth: (width: CardView['width']) => void;
  onPress: (pressed: Pressed) => void;
}

function Slot({ card, result, stale, arranging, onEdit, onRemove, onDuplicate, onWidth, onPress }: SlotProps) {
  const { t } = useTranslation();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id: card.id });
  const title = result?.title || card.title || t(`boards:kind.${card.kind}`);
  const style = {
    '--span': card.width,
    transform: CSS.Translate.toString(transform),
    transition,
    ...(isDragging ? { zIndex: 10, position: 'relative' } : {}),
  } as CSSProperties;
  return (
    <div ref={setNodeRef} className={`${classes.slot} ${isDragging ? classes.dragged : ''}`} style={style}>
      <section className={classes.card} aria-label={title}>
        <div className={classes.head}>
          {arranging && (
            <ActionIcon
              ref={setActivatorNodeRef}
              variant="subtle"
              color="gray"
              className={classes.handle!}
              {...attributes}
              {...listeners}
              aria-label={t('boards:moveCard', { title })}
            >
              <IconGripVertical size={16} />
            </ActionIcon>
          )}
          <div className={classes.words}>
            <h2>{result?.definition ? <Definition of={result.definition}>{title}</Definition> : title}</h2>
            {result?.period && card.kind !== 'cohort' && (
              <Text size="xs" c="dimmed">
                {result.period.words}
              </Text>
            )}
          </div>
          {arranging && (
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" aria-label={t('boards:cardMenu', { title })}>
                  <IconDots size={16} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconEdit size={16} />} onClick={onEdit}>
                  {t('boards:edit')}
                </Menu.Item>
                <Menu.Item leftSection={<IconCopy size={16} />} onClick={onDuplicate}>
                  {t('boards:duplicateCard')}
                </Menu.Item>
                <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => onRemove(title)}>
                  {t('boards:remove')}
                </Menu.Item>
                <Menu.Divider />
                <Menu.Label>{t('boards:width')}</Menu.Label>
                {WIDTHS.map((width) => (
                  <Menu.Item key={width} disabled={card.width === width} onClick={() => onWidth(width)}>
                    {t(`boards:widths.${width}`)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )}
        </div>
        <div className={classes.body} style={stale ? { opacity: 0.55 } : undefined} aria-busy={stale || undefined}>
          {result ? (
            <CardBody card={card} result={result} onPress={onPress} />
          ) : (
            <BlockSkeleton height={card.kind === 'number' ? 56 : 220} />
          )}
        </div>
      </section>
    </div>
  );
}
