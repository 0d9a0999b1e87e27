-- An update that finds room in its page leaves all indexes alone (HOT). Patients change now and then, their indexed
-- columns seldom: with 15 % of each page left free most updates stay in theirs.

alter table shared.patient set (fillfactor = 85);
