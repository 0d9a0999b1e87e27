import type { PatientOrdering, Sex } from '@/api/types';

export const SEXES = ['female', 'male', 'other', 'unknown'] as const satisfies readonly Sex[];
export const ORDERINGS = [
  '-created_at',
  'created_at',
  'name',
  '-name',
  'number',
  '-number',
] as const satisfies readonly PatientOrdering[];

/** The state of the list. It lives in the URL, so that a list can be linked to and gone back to. */
export interface ListQuery {
  search: string;
  sex: Sex | '';
  archived: boolean;
  ordering: PatientOrdering;
  cursor: string;
}

export const EMPTY_QUERY: ListQuery = {
  search: '',
  sex: '',
  archived: false,
  ordering: '-created_at',
  cursor: '',
};

export function parseListQuery(params: Pick<URLSearchParams, 'get'>): ListQuery {
  return {
    search: params.get('search') ?? '',
    sex: SEXES.find((sex) => sex === params.get('sex')) ?? '',
    archived: params.get('archived') === 'true',
    ordering: ORDERINGS.find((ordering) => ordering === params.get('ordering')) ?? '-created_at',
    cursor: params.get('cursor') ?? '',
  };
}

/** Both the page's query and the API's: what stands at its default is left out. */
export function listSearchParams(query: ListQuery): string {
  const params = new URLSearchParams();
  if (query.search.trim()) params.set('search', query.search.trim());
  if (query.sex) params.set('sex', query.sex);
  if (query.archived) params.set('archived', 'true');
  if (query.ordering !== EMPTY_QUERY.ordering) params.set('ordering', query.ordering);
  if (query.cursor) params.set('cursor', query.cursor);
  return params.toString();
}

export function isFiltered({ search, sex }: ListQuery): boolean {
  return search.trim() !== '' || sex !== '';
}

/** The cursor of a page link that the API gave, such as /api/v1/patients?cursor=abc. */
export function cursorOf(link: string | null): string | null {
  return link && new URL(link, 'http://api').searchParams.get('cursor');
}
