import { api } from '@/api/api';
import type { SessionList } from '@/api/types';

export const SESSIONS = ['account', 'sessions'] as const;

export const sessionsApi = {
  list: (signal: AbortSignal) => api.get<SessionList>('/auth/sessions', { signal }),
  end: (id: string) => api.delete(`/auth/sessions/${encodeURIComponent(id)}`),
  endAll: () => api.post('/auth/logout-all', {}),
};
