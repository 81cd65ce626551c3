import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Whom the product signs in as: somebody who may do what they like in databases of their own, and nothing elsewhere. */
export const USER = { name: 'vinculo', password: 'contraseña & más' };

/** A tool that reads what was opened to it, as the guide of questions tells: this server keeps no users but those of its file. */
export const READER = { name: 'bi', password: 'una contraseña larga', views: ['v_customers', 'v_orders'] };

/** Writes what ClickHouse reads when it starts, sized for a machine that runs other tests at the same time. Returns the file. */
export async function writeConfiguration(folder: string): Promise<string> {
  const users = join(folder, 'users.xml');
  await writeFile(users, USERS, { mode: 0o600 });
  const file = join(folder, 'configuration.xml');
  await writeFile(
    file,
    `<clickhouse>
  <users_config>${users}</users_config>
  <max_server_memory_usage>${2 * GIB}</max_server_memory_usage>
  <mark_cache_size>${GIB / 16}</mark_cache_size>
  <index_mark_cache_size>${GIB / 16}</index_mark_cache_size>
</clickhouse>
`,
    { mode: 0o600 },
  );
  return file;
}

const GIB = 1024 ** 3;

const account = `<profile>default</profile><quota>default</quota><networks><ip>127.0.0.1</ip></networks>`;

/** `default` runs the command line itself; a server of somebody's has no open account either. */
const USERS = `<clickhouse>
  <profiles>
    <default/>
    <reader>
      <readonly>2</readonly>
      <max_execution_time>60</max_execution_time>
      <max_memory_usage>4000000000</max_memory_usage>
      <constraints>
        <max_execution_time><min>1</min><max>60</max></max_execution_time>
        <max_memory_usage><min>1</min><max>4000000000</max></max_memory_usage>
      </constraints>
    </reader>
  </profiles>
  <quotas><default/></quotas>
  <users>
    <default><no_password/>${account}</default>
    <${USER.name}>
      <password>${USER.password.replaceAll('&', '&amp;')}</password>
      ${account}
      <grants>
        <query>GRANT ALL ON vinculo.*</query>
        <query>GRANT ALL ON test_*.*</query>
        <query>GRANT TABLE ENGINE ON *</query>
        <query>GRANT SELECT ON system.processes</query>
      </grants>
    </${USER.name}>
    <${READER.name}>
      <password>${READER.password}</password>
      ${account.replace('default', 'reader')}
      <grants>
        ${READER.views.map((view) => `<query>GRANT SELECT ON vinculo.${view}</query>`).join('\n        ')}
      </grants>
    </${READER.name}>
  </users>
</clickhouse>
`;
