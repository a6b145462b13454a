// Runs the stand-in on its own: githubServer.tool.mjs [--port N] [--data FILE]... [--latency BASE,PERNODE] [--token KIND[:SCOPE,…|PERMISSION,…]]...
// The tokens' values are test-token, test-token-2 and so on, printed beside what they are; without --token there is one, oauth:repo.
import { GithubServer } from './githubServer';
import { loadNdjson } from './ndjson';
import { sampleRepositories } from './sampleRepository';
import { tokenArgument } from './tokenArgument';
import { World } from './world';

const values = (flag: string): string[] => process.argv.flatMap((argument, index) => (argument === flag ? [process.argv[index + 1] ?? ''] : []));

const world = new World();
const files = values('--data');
if (files.length === 0) for (const repository of sampleRepositories(world.clock.now())) world.addRepository(repository);
for (const file of files) world.addRepository(await loadNdjson(file));

const asked = values('--token');
const repository = world.repositories[0]?.nameWithOwner ?? '';
const tokens = (asked.length > 0 ? asked : ['oauth:repo']).map((text, index) => ({ text, token: tokenArgument(text, index === 0 ? 'test-token' : `test-token-${index + 1}`, repository) }));

const server = await GithubServer.start({ world, port: Number(values('--port')[0] ?? 0), tokens: tokens.map(({ token }) => token) });
const [baseMs = 0, perNodeMs = 0] = (values('--latency')[0] ?? '').split(',').map((text) => Number(text) || 0);
server.setLatency({ baseMs, perNodeMs });
console.log(server.url);
if (asked.length > 0) for (const { text, token } of tokens) console.log(`${token.value} ${text}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop());
