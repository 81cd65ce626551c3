-- Scoring gathers the lines once for everybody (customer_line); rules read those.
drop table if exists segment_line;
drop table if exists segment_line_next;
