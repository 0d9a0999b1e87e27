'use client';

import { useRouter } from 'next/navigation';
import { ${one}Fields } from '@/api/fields/$file_one';
import { useCreateForm } from '@/forms/use-create-form';
import { useCreate } from '@/resource/data/use-changes';
import { useLastList } from '@/resource/list/last-list';
import { useWords } from '@/resource/words';
import { showToast } from '@/ui/toast';
import { ${struct}Fields } from './$file_one-fields';
import { $many } from './$file_many';

export function New$struct() {
  const words = useWords($many);
  const router = useRouter();
  const create = useCreate($many);
  const form = useCreateForm({
    fields: ${one}Fields,
    words: '$plural',
    place: '/$plural/new',
    save: async (body, attempt) => {
      const { id, $title } = await create.mutateAsync({ body, attempt });
      showToast({ text: words('savedToast', { name: $title }) });
      return $many.one(id);
    },
    done: (page) => router.push(page),
  });
  return <${struct}Fields form={form} cancelHref={useLastList($many)} />;
}
