'use client';

import { FormProblem } from '@/forms/form-problem';
import { Button } from '@/ui/button';
import type { Words } from '../words';

interface ListProblemProps {
  words: Words;
  error: unknown;
  onRetry: () => void;
}

export function ListProblem({ words, error, onRetry }: ListProblemProps) {
  return (
    <div className="space-y-3 py-3">
      <FormProblem error={error} />
      <Button onClick={onRetry}>{words('tryAgain')}</Button>
    </div>
  );
}
