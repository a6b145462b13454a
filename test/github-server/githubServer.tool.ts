// Runs the stand-in on its own: githubServer.tool.mjs [--port N] [--data FILE]... [--latency BASE,PERNODE]
import { GithubServer } from './githubServer';
import { loadNdjson } from './ndjson';
import { sampleRepositories } from './sampleRepository';
import { World } from './world';

const values = (flag: string): string[] => process.argv.flatMap((argument, index) => (argument === flag ? [process.argv[index + 1] ?? ''] : []));

const world = new World();
const files = values('--data');
if (files.length === 0) for (const repository of sampleRepositories(world.clock.now())) world.addRepository(repository);
for (const file of files) world.addRepository(await loadNdjson(file));

const server = await GithubServer.start({ world, port: Number(values('--port')[0] ?? 0) });
const [baseMs = 0, perNodeMs = 0] = (values('--latency')[0] ?? '').split(',').map((text) => Number(text) || 0);
server.setLatency({ baseMs, perNodeMs });
console.log(server.url);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop());
