import type {
  FilterName,
  FilterValue,
  Ordering,
  OrderName,
  ResourcePath,
  Searches,
} from '../paths';
import type { Resource } from '../resource';

interface ListOptions<P extends ResourcePath> {
  /** The filters that are offered, with their values. */
  filters?: { readonly [F in FilterName<P>]?: readonly FilterValue<P, F>[] };
  searches: Searches<P>;
  orderings: readonly OrderName<P>[];
  /** What the API orders by when it is not told. */
  ordering: Ordering<P>;
}

/** What a list shows. It lives in the URL, so that a list can be linked to and gone back to. */
export interface ListState {
  search: string;
  /** By name; those that are set. */
  filters: Record<string, string>;
  ordering: string;
  cursor: string;
  /** Where somebody chose: fields. */
  columns?: string[];
}

/** Describes the list of a resource: how its state stands in the page's URL and in the API's. */
export function listOf<P extends ResourcePath>(
  resource: Resource<P>,
  { filters = {}, searches, orderings, ordering: usual }: ListOptions<P>,
) {
  const choices = new Map<string, readonly string[]>();
  for (const [name, values] of Object.entries<readonly string[] | undefined>(filters)) {
    if (values) choices.set(name, values);
  }
  const known = orderings.flatMap((name: string) => [name, `-${name}`]);

  /** What the API is asked. What stands at its default is left out. */
  function search(state: ListState): string {
    const params = filtersOf(state);
    if (state.cursor) params.set('cursor', state.cursor);
    return params.toString();
  }

  function filtersOf({ search, filters, ordering }: ListState) {
    const params = new URLSearchParams();
    if (searches && search.trim()) params.set('search', search.trim());
    for (const name of choices.keys()) if (filters[name]) params.set(name, filters[name]);
    if (ordering !== usual) params.set('ordering', ordering);
    return params;
  }

  return {
    resource,
    searches: Boolean(searches),
    /** The values of each filter. */
    choices,

    /** Reads a URL's query; what nobody can have meant is passed over. */
    parse: (params: Pick<URLSearchParams, 'get'>): ListState => {
      const filters: ListState['filters'] = {};
      for (const [name, values] of choices) {
        const value = params.get(name);
        if (value && values.includes(value)) filters[name] = value;
      }
      return {
        search: (searches && params.get('search')?.slice(0, LONGEST_SEARCH)) || '',
        filters,
        ordering: known.find((name) => name === params.get('ordering')) ?? usual,
        cursor: params.get('cursor') ?? '',
        columns: params.get('columns')?.split(COLUMN_SEPARATOR),
      };
    },
    search,
    /** Without search and filters, in the same half of the list: of the archived or of the others. */
    cleared: ({ filters: { archived }, columns }: ListState): ListState => ({
      search: '',
      filters: archived ? { archived } : {},
      ordering: usual,
      cursor: '',
      columns,
    }),
    /** The page's address. */
    url: (state: ListState): string => {
      const params = new URLSearchParams(search(state));
      if (state.columns) params.set('columns', state.columns.join(COLUMN_SEPARATOR));
      const query = params.toString();
      return `${resource.path}${query && `?${query}`}`;
    },
    /** The whole list as a file, with the same filters and order. */
    csv: (state: ListState): string => {
      const params = filtersOf(state);
      params.set('format', 'csv');
      return `/api/v1${resource.path}?${params.toString()}`;
    },
  };
}

export type List<P extends ResourcePath> = ReturnType<typeof listOf<P>>;

/** The API refuses a longer one. */
export const LONGEST_SEARCH = 100;

/** Stands in URLs and cookies as it is. */
export const COLUMN_SEPARATOR = '.';

export function isFiltered({ search, filters }: ListState): boolean {
  return search.trim() !== '' || Object.keys(filters).some((name) => name !== 'archived');
}

/** The cursor of a page link that the API gave, such as /api/v1/patients?cursor=abc. */
export function cursorOf(link: string | null): string | null {
  return link && new URL(link, 'http://api').searchParams.get('cursor');
}
