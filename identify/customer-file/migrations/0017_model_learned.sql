-- What a model remembers of the file it was trained on: how common values were (by fingerprint), which blocks were split. By itself,
-- because it is large and only linking reads it. Null in models trained before there was one: the next run trains anew.
alter table match_model add column learned jsonb;
