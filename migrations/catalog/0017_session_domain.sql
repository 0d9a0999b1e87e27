-- The organisation's own domain at which a session was opened, and to which a hand-off leads: whoever holds the domain sees what
-- is sent there. Null: elsewhere, or opened by a release that did not note it.
alter table catalog.session add column domain text collate "C";
alter table catalog.handoff_code add column domain text collate "C";
