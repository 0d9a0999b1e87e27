import { api } from '@/api/api';
import type { FileUpload } from '@/api/types';

/** Sends a file in pieces (docs/files.md), one after the other, and answers its id once all of it has arrived. */
export async function upload(file: File): Promise<string> {
  const begun = await api.post<FileUpload>(
    '/files',
    { name: file.name, size: file.size },
    { idempotencyKey: crypto.randomUUID() },
  );
  for (let ordinal = 0; ordinal < begun.chunks; ordinal += 1) {
    const from = ordinal * begun.chunk_size;
    const piece = file.slice(from, from + begun.chunk_size, 'application/octet-stream');
    await api.putBytes(`/files/${begun.id}/chunks/${ordinal}`, piece);
  }
  return begun.id;
}
