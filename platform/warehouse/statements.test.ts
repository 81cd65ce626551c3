import { describe, expect, it } from 'vitest';
import { statements } from './statements.ts';

describe('statements of a file', () => {
  it('are parted at semicolons outside strings, names and comments', () => {
    const sql = `-- first; not a statement
create table a (b String default 'x;\\'y;', \`c;d\` String); /* e; f */
insert into a values ('it''s;');
-- the end;
`;
    expect(statements(sql)).toEqual([
      "-- first; not a statement\ncreate table a (b String default 'x;\\'y;', `c;d` String)",
      "/* e; f */\ninsert into a values ('it''s;')",
    ]);
  });

  it('may end without one', () => {
    expect(statements('select 1;\nselect 2')).toEqual(['select 1', 'select 2']);
    expect(statements(' ; ;\n-- nothing\n')).toEqual([]);
  });
});
