import { api } from '@/api/api';
import type {
  ActionAnswer,
  ActionBody,
  ActionOf,
  CreateBody,
  ItemOf,
  ResourcePath,
  Stored,
  UpdateBody,
} from './paths';

export interface Page<Item> {
  results: Item[];
  /** The neighbours' addresses. */
  next: string | null;
  previous: string | null;
  /** The search had too many words to look at; somebody may be missing. */
  truncated?: true;
}

/**
 * A resource of the API by its path. Its objects, bodies, filters, orderings and actions are typed by the
 * generated schema; its messages, permissions and pages go by its name: `rooms.title`, `rooms.create`, `/rooms`.
 */
export function resource<P extends ResourcePath>(path: P) {
  const one = (id: string) => `${path}/${encodeURIComponent(id)}`;
  return {
    path,
    name: path.slice(1),
    /** Of an object: in the API, and of its page. */
    one,
    list: (search: string, signal?: AbortSignal) =>
      api.get<Page<ItemOf<P>>>(`${path}${search && `?${search}`}`, { signal }),
    /** With its ETag, for a later `update`. */
    read: (id: string, signal?: AbortSignal) => api.read<ItemOf<P>>(one(id), { signal }),
    /** One key per object that the person means to create. */
    create: (body: CreateBody<P>, idempotencyKey: string) =>
      api.post<ItemOf<P>>(path, body, { idempotencyKey }),
    /** 412 `version_conflict` when someone has changed the object since it had this ETag. */
    update: (id: string, changes: UpdateBody<P>, etag: string) =>
      api.patch<ItemOf<P>>(one(id), changes, { ifMatch: etag }),
    act: <A extends ActionOf<P>>(id: string, action: A, body: ActionBody<P, A>, etag: string) =>
      api.post<ActionAnswer<P, A>>(`${one(id)}/${action}`, body, { ifMatch: etag }),
    archive: (id: string) => api.delete(one(id)),
    restore: (id: string) => api.post<ItemOf<P>>(`${one(id)}/restore`, {}),
  };
}

export type Resource<P extends ResourcePath> = ReturnType<typeof resource<P>>;

/** For an object out of a list. The API compares the version in an ETag, not what follows it. */
export function etagOf({ version }: Stored) {
  return `"${version}"`;
}
