'use client';

$imports

interface ${struct}CardProps {
  /** As it came with the page. */
  $one: ItemOf<'/$plural'>;
}

export function ${struct}Card({ $one: first }: ${struct}CardProps) {
  const words = useWords($many);
$hooks  const $one = useOne($many, first);
  useItemKeys($many, $one);
  const { $title, archived_at: archivedAt } = $one;
  return (
    <article className="space-y-6">
      <header className="flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          <h1 className="text-2xl font-semibold break-words">{$title}</h1>
          {archivedAt && <Badge label={words.ofValue('archived', 'true')} />}
        </div>
        <ItemActions resource={$many} item={$one} name={$title} />
      </header>
      <Details>
$details
        <Detail label={words('fields.created_at')}>{date($one.created_at)}</Detail>
        {$one.version > 1 && (
          <Detail label={words('fields.updated_at')}>{date($one.updated_at)}</Detail>
        )}
      </Details>
    </article>
  );
}
