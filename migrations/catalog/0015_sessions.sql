-- A person has a hundred live sessions at most: one more ends the one that was used longest ago. Ended ones stay until they
-- would have expired, any number of them; what ends sessions looks at the live ones alone. The table holds what was opened in
-- thirty days and is read in a moment, for which sign-ins and refreshes wait: a file is one transaction, in which no index can be
-- made beside writers.
-- squawk-ignore require-concurrent-index-creation
create index session_live_idx on catalog.session (user_id) where revoked_at is null;
-- By which the expired ones are found, a thousand at a time.
-- squawk-ignore require-concurrent-index-creation
create index session_expires_idx on catalog.session (expires_at);
