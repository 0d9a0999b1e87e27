import { http, HttpResponse, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';
import type { Problem } from '@/api/types';

export const server = setupServer();

/** The API as the browser sees it. */
export const apiPath = (path: string) => `http://asha.localhost:8000/api/v1${path}`;

type Method = 'get' | 'post' | 'patch' | 'delete';

/** Answers a route with JSON and tells of each request. */
export function answer(
  method: Method,
  path: string,
  respond: (request: Request) => JsonBodyType | Response | Promise<JsonBodyType | Response>,
) {
  const requests: Request[] = [];
  server.use(
    http[method](apiPath(path), async ({ request }) => {
      requests.push(request.clone());
      const body = await respond(request);
      return body instanceof Response ? body : HttpResponse.json(body);
    }),
  );
  return requests;
}

export function problem(
  status: number,
  code: Problem['code'],
  extra: Record<string, JsonBodyType> = {},
  headers: Record<string, string> = {},
) {
  const body = {
    type: 'about:blank',
    title: code,
    status,
    code,
    detail: `detail of ${code}`,
    request_id: 'req-1',
    ...extra,
  };
  return HttpResponse.json(body, {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}
