import { listOf } from '@/resource/list/list';
import { resource } from '@/resource/resource';

export const $many = resource('/$plural');

export const ${one}List = listOf($many, {
  filters: { $filters },
  searches: $searches,
  orderings: [$orderings],
  ordering: '$title',
});
