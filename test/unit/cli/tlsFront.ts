import { connect, type AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:tls';
import { KEY } from '../github/certificates';

/** `https://localhost:PORT` before a server that speaks plain http: what comes out of the encryption goes on to it. */
export class TlsFront {
	/** How many have begun to connect, whether or not they took the certificate. */
	connections = 0;

	private constructor(
		private readonly server: Server,
		readonly port: number,
	) {
		server.on('connection', () => this.connections++);
	}

	/** @param target the address of the server behind it */
	static async start(target: string, certificate: string): Promise<TlsFront> {
		const { hostname, port } = new URL(target);
		const server = createServer({ key: KEY, cert: certificate }, (socket) => {
			const behind = connect(Number(port), hostname);
			socket.pipe(behind).pipe(socket);
			socket.on('error', () => behind.destroy());
			behind.on('error', () => socket.destroy());
		});
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		return new TlsFront(server, (server.address() as AddressInfo).port);
	}

	get url(): string {
		return `https://localhost:${this.port}`;
	}

	async stop(): Promise<void> {
		await new Promise<void>((done) => this.server.close(() => done()));
	}
}
