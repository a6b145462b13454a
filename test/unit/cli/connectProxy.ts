import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ConnectProxyOptions {
	/** Where every tunnel leads, whatever was asked for: a port of this machine. */
	to?: number;
	/** Refuses whoever does not send this as `proxy-authorization`. */
	authorization?: string;
	/** Takes connections and says nothing. */
	silent?: boolean;
}

/** A proxy on this machine that digs tunnels, and remembers what for. */
export class ConnectProxy {
	/** What stood behind CONNECT, as `HOST:PORT`. */
	readonly tunnels: string[] = [];
	/** Requests of any other kind. */
	readonly others: string[] = [];

	private readonly open = new Set<Duplex>();

	private constructor(private readonly server: Server) {}

	static async start({ to = 0, authorization, silent = false }: ConnectProxyOptions): Promise<ConnectProxy> {
		const server = createServer();
		const proxy = new ConnectProxy(server);
		server.on('request', (request, response) => {
			proxy.others.push(`${request.method} ${request.url}`);
			response.writeHead(400).end();
		});
		server.on('connect', (request, socket) => {
			proxy.tunnels.push(request.url ?? '');
			socket.on('error', () => undefined);
			// What has become a tunnel is no connection of the server's any more.
			proxy.open.add(socket);
			socket.on('close', () => proxy.open.delete(socket));
			if (silent) return;
			if (authorization !== undefined && request.headers['proxy-authorization'] !== authorization) {
				socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n');
				return;
			}
			const behind = connect(to, '127.0.0.1', () => socket.write('HTTP/1.1 200 Connection Established\r\n\r\n'));
			behind.on('error', () => socket.destroy());
			socket.pipe(behind).pipe(socket);
		});
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		return proxy;
	}

	get port(): number {
		return (this.server.address() as AddressInfo).port;
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	async stop(): Promise<void> {
		this.open.forEach((socket) => socket.destroy());
		this.server.closeAllConnections();
		await new Promise<void>((done) => this.server.close(() => done()));
	}
}
