'use client';

import { useRouter } from 'next/navigation';
import { ${one}Fields } from '@/api/fields/$file_one';
import { useEditForm } from '@/forms/use-edit-form';
import { useUpdate } from '@/resource/data/use-changes';
import type { ItemOf } from '@/resource/paths';
import { useWords } from '@/resource/words';
import { showToast } from '@/ui/toast';
import { ${struct}Fields } from './$file_one-fields';
import { $many } from './$file_many';

interface Edit${struct}Props {
  $one: ItemOf<'/$plural'>;
  etag: string;
}

export function Edit$struct({ $one, etag }: Edit${struct}Props) {
  const words = useWords($many);
  const router = useRouter();
  const update = useUpdate($many);
  const { id } = $one;
  const page = $many.one(id);
  const form = useEditForm({
    fields: ${one}Fields,
    words: '$plural',
    place: `$${page}/edit`,
    object: $one,
    etag,
    latest: () => $many.read(id),
    save: async (changes, base) => {
      const { $title } = await update.mutateAsync({ id, changes, etag: base });
      showToast({ text: words('savedToast', { name: $title }) });
    },
    done: () => {
      router.push(page);
      router.refresh();
    },
  });
  return <${struct}Fields form={form} cancelHref={page} />;
}
