-- What an action answers that has an answer of its own, so that a repetition can be answered again. Null where the
-- answer is the object, which is read as it is now.

alter table shared.idempotency_key add column answer text;
