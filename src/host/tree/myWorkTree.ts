import * as vscode from 'vscode';
import { LANES, LANES_TO_ACT_ON, myWork, type Lane, type MyPullRequest } from '../../core/insights/myWork';
import { turnOf } from '../../core/insights/turn';
import { parseRepository, repositoryKey } from '../../core/model/repository';
import type { StoredProject } from '../../core/projects/project';
import type { RepositoryRow } from '../../core/store/read/repositories';
import type { TurnFacts } from '../../core/store/read/turnFacts';
import type { Store } from '../../core/store/store';
import type { CheckedOut } from '../seed/gitRemotes';
import { StoredTree, type StoredTreeOptions } from './storedTree';
import { laneNode, workNodes, type TreeNode } from './treeNode';

export interface MyWorkTreeOptions extends StoredTreeOptions {
	/** Who is signed in to a host; `undefined`: nobody. Never asks. */
	login: (host: string) => Promise<string | undefined>;
	/** What is checked out in the open folders. */
	checkedOut: () => Promise<readonly CheckedOut[]>;
	/** Days after which what waits for others is stuck. */
	stuckDays: () => number;
}

/** What was found of a person's work. */
export interface MyWorkFound {
	/** Whether anybody is signed in to a host of what is shown. */
	isSignedIn: boolean;
	/** How many pull requests wait for the person. */
	toActOn: number;
}

/** What is mine: by what there is to do, each with its reason. The filter does not narrow it. */
export class MyWorkTree extends StoredTree<MyWorkTreeOptions> {
	private readonly found = new vscode.EventEmitter<MyWorkFound>();
	/** Tells what was found, whenever it has been read. */
	readonly onDidFind = this.found.event;

	getParent(node: TreeNode): TreeNode | undefined {
		return node.kind === 'pullRequest' && node.parent.kind === 'lane' ? node.parent : undefined;
	}

	/** What there is, without a view that shows it. */
	async find(): Promise<MyWorkFound> {
		const store = await this.options.store();
		const all = await this.options.repositories();
		return foundIn(await this.read(store, this.options.scope.stored(all)?.stored ?? all));
	}

	override dispose(): void {
		super.dispose();
		this.found.dispose();
	}

	protected async roots(store: Store, all: readonly RepositoryRow[], project: StoredProject | undefined): Promise<TreeNode[]> {
		const repositories = project?.stored ?? all;
		const read = await this.read(store, repositories);
		const { work } = read;
		this.found.fire(foundIn(read));
		const branch = await this.ofBranch(store, repositories);
		const lanes = [...new Set(work.map(({ lane }) => lane))].map((lane) => laneNode(lane, repositories, work.filter((one) => one.lane === lane)));
		return [...(branch.length > 0 ? [laneNode('branch', repositories, branch.map((facts) => ({ facts, turn: turnOf(facts) })))] : []), ...lanes];
	}

	protected children(_store: Store, node: TreeNode): Promise<TreeNode[]> {
		return Promise.resolve(node.kind === 'lane' ? workNodes(node) : []);
	}

	/** Everything that is the person's, each in one lane; on each host by whoever is signed in there. */
	private async read(store: Store, repositories: readonly RepositoryRow[]): Promise<{ isSignedIn: boolean; work: MyPullRequest[] }> {
		const { clock, login, stuckDays } = this.options;
		const known = await store.read.viewers();
		const work: MyPullRequest[] = [];
		let isSignedIn = false;
		for (const host of new Set(repositories.map((one) => one.host))) {
			const me = await login(host);
			if (me !== undefined) {
				isSignedIn = true;
				const teams = known.find((viewer) => viewer.host === host && viewer.login.toLowerCase() === me.toLowerCase())?.teams ?? [];
				const facts = await store.read.myFacts({ host, login: me, teams }, { repositoryIds: repositories.map(({ id }) => id) });
				work.push(...myWork(facts, { login: me, teams, stuckDays: stuckDays(), now: clock.now() }));
			}
		}
		return { isSignedIn, work: ordered(work) };
	}

	private async ofBranch(store: Store, repositories: readonly RepositoryRow[]): Promise<TurnFacts[]> {
		const found: TurnFacts[] = [];
		for (const { branch, remotes } of await this.options.checkedOut()) {
			const named = new Set(remotes.map(repositoryKey));
			const ids = repositories.filter(({ host, nameWithOwner }) => named.has(repositoryKey(parseRepository(nameWithOwner, host)))).map(({ id }) => id);
			const owners = remotes.map(({ owner }) => owner);
			if (ids.length > 0) {
				found.push(...(await store.read.branchFacts({ branch, owners, repositoryIds: ids })));
			}
		}
		return found;
	}
}

function foundIn({ isSignedIn, work }: { isSignedIn: boolean; work: readonly MyPullRequest[] }): MyWorkFound {
	return { isSignedIn, toActOn: work.filter(({ lane }) => LANES_TO_ACT_ON.includes(lane)).length };
}

/** Lane by lane, also where it is of several hosts. */
function ordered(work: readonly MyPullRequest[]): MyPullRequest[] {
	return (Object.keys(LANES) as Lane[]).flatMap((lane) => work.filter((one) => one.lane === lane));
}
