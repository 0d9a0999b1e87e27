import type { paths } from '@/api/schema';

/** What the resource layer keeps of every object. */
export interface Stored {
  id: string;
  version: number;
}

export interface Archivable extends Stored {
  archived_at: string | null;
}

/** The API's paths as the app calls them. */
type Api = { [P in keyof paths as P extends `/api/v1${infer Rest}` ? Rest : never]: paths[P] };

type Operation<P, Method> = P extends keyof Api
  ? Method extends keyof Api[P]
    ? NonNullable<Api[P][Method]>
    : never
  : never;
type Answer<O> = O extends { responses: { 200: { content: { 'application/json': infer Body } } } }
  ? Body
  : never;
type Sent<O> = O extends { requestBody: { content: { 'application/json': infer Body } } }
  ? // Many objects in one request are another matter than one.
    Extract<Exclude<Body, readonly unknown[]>, object>
  : never;

/** The paths of lists whose objects have an address of their own: `/patients`. */
export type ResourcePath = {
  [P in keyof Api]: Operation<P, 'get'> extends never
    ? never
    : Answer<Operation<P, 'get'>> extends { results: Stored[]; next: string | null }
      ? `${P}/{id}` extends keyof Api
        ? P
        : never
      : never;
}[keyof Api];

export type ItemOf<P extends ResourcePath> =
  Answer<Operation<P, 'get'>> extends { results: (infer Item extends Stored)[] } ? Item : never;
export type CreateBody<P extends ResourcePath> = Sent<Operation<P, 'post'>>;
export type UpdateBody<P extends ResourcePath> = Sent<Operation<`${P}/{id}`, 'patch'>>;

/** What can be done with an object beside reading and changing it: `restore`. */
export type ActionOf<P extends ResourcePath> = {
  [Path in keyof Api]: Path extends `${P}/{id}/${infer Action}`
    ? Operation<Path, 'post'> extends never
      ? never
      : Action
    : never;
}[keyof Api];
export type ActionBody<P extends ResourcePath, A extends ActionOf<P>> = Sent<
  Operation<`${P}/{id}/${A}`, 'post'>
>;
export type ActionAnswer<P extends ResourcePath, A extends ActionOf<P>> = Answer<
  Operation<`${P}/{id}/${A}`, 'post'>
>;

/** The paths of what is put away and brought back. */
export type ArchivablePath = {
  [P in ResourcePath]: 'restore' extends ActionOf<P> ? P : never;
}[ResourcePath];

type ListQuery<P extends ResourcePath> =
  Operation<P, 'get'> extends { parameters: { query?: infer Query } } ? NonNullable<Query> : never;

/** Whether the API searches the list. */
export type Searches<P extends ResourcePath> = 'search' extends keyof ListQuery<P> ? true : false;

/** Every list has these; what else its query takes are filters. */
type NoFilter =
  'limit' | 'cursor' | 'ordering' | 'fields' | 'format' | 'count' | 'search' | 'expand';
export type FilterName<P extends ResourcePath> = Exclude<keyof ListQuery<P>, NoFilter> & string;
/** As it stands in a URL. */
export type FilterValue<P extends ResourcePath, F extends FilterName<P>> = `${Extract<
  ListQuery<P>[F],
  string | number | boolean
>}`;

/** `name`, and `-name` for the way down. */
export type Ordering<P extends ResourcePath> =
  ListQuery<P> extends { ordering?: infer Name } ? Extract<Name, string> : never;
export type OrderName<P extends ResourcePath> = Exclude<Ordering<P>, `-${string}`>;
