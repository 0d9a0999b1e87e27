'use client';

import { useEffect, useState } from 'react';

const load = () => import('./match-list');
type MatchList = Awaited<ReturnType<typeof load>>['MatchList'];

/**
 * A quiet list beside the form: it warns, it never stops anyone. Its code is fetched when somebody begins to type what may
 * match; where that fails, with the next letter.
 */
export function PossibleMatches({ name, phone }: { name: string; phone: string }) {
  const [List, setList] = useState<MatchList>();
  useEffect(() => {
    if (List || !(name || phone)) return;
    load().then(
      ({ MatchList }) => setList(() => MatchList),
      () => undefined,
    );
  }, [List, name, phone]);
  return <div role="status">{List && <List name={name} phone={phone} />}</div>;
}
