-- What a busy minute leaves behind is cleared at once rather than in small sips: every look at the inbox passes it.
alter table inbox set (autovacuum_vacuum_cost_delay = 0, toast.autovacuum_vacuum_cost_delay = 0);
