import { notFound } from 'next/navigation';

/** Any path that no other route knows. */
export default function MissingPage() {
  notFound();
}
