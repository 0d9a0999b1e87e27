-- A move keeps writes out at its end (state `moving`). The fence falls by itself: a mover that was killed keeps nobody out
-- for longer. It must then look again whether it still stands before it switches.

alter table shared.tenant_place add column fenced_until timestamptz;
