-- In a transaction after the one that made the indexes, whose locks keep sign-ins out: who has more than a hundred live sessions
-- keeps the hundred that were used last.
update catalog.session set revoked_at = clock_timestamp()
 where revoked_at is null
   and id in (select id
                from (select id, row_number() over (partition by user_id order by last_seen_at desc, id desc) as place
                        from catalog.session where revoked_at is null) as live
               where place > 100);
