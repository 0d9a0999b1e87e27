'use client';

$imports

export function ${struct}List({ first }: { first?: FirstPage<'/$plural'> }) {
$hooks  return (
    <ResourceList
      list={${one}List}
      first={first}
      columns={[
$columns
      ]}
    />
  );
}
